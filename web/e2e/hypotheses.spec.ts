import { expect, test } from './page.ts';

test('cells of the board are read and set, and what follows from them is told', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/hypotheses');
  const table = page.getByRole('region', { name: 'Hypotheses against evidence' });
  await expect(table.getByRole('row').filter({ hasText: 'M1' })).toContainText('CC');
  await page.getByLabel('Add evidence').fill('O1');
  await page.keyboard.press('Enter');
  await table.getByRole('button', { name: /^Rate O1 against H1:/ }).click();
  await page.getByLabel('Bearing').selectOption('II');
  await page.getByRole('button', { name: 'Save rating' }).click();
  await expect(page.getByRole('alert')).toHaveText('A rating needs a reason.');
  await page.getByLabel('Reason').fill('other towers');
  await page.keyboard.press('Enter');
  const row = table.getByRole('row').filter({ hasText: 'O1' });
  await expect(row).toContainText('II');
  await expect(row).toContainText('The picture goes to other towers here');
  const analysis = page.getByRole('article', { name: 'By the ratings of desk' });
  await expect(analysis.getByRole('listitem').filter({ hasText: 'H1' })).toContainText('inconsistency 2');

  await table.getByRole('button', { name: /^Rate O1 against H1:/ }).click();
  await expect(page.getByLabel('Bearing')).toHaveValue('II');
  await page.getByLabel('Bearing').selectOption('C');
  await page.getByLabel('Reason').fill('looked again');
  await page.keyboard.press('Enter');
  await row.getByText('Earlier ratings').click();
  await expect(row.locator('s')).toHaveText('II');
  await expect(row).toContainText('other towers');
});

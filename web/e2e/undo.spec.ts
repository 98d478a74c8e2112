import { expect, test } from './page.ts';

test('an observation is taken back in the journal and stays in sight', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFrame(1, 44);
  await page.keyboard.press('n');
  await page.keyboard.type('Pinned to the wrong frame');
  await page.keyboard.press('Enter');
  const card = page.getByRole('listitem').filter({ hasText: 'Pinned to the wrong frame' });
  await expect(card).toBeVisible();

  await workbench.goTo('#/journal');
  const row = page.getByRole('row').filter({ hasText: 'Pinned to the wrong frame' }).first();
  await row.locator('summary').click();
  await row.getByRole('button', { name: /^Undo entry/ }).click();
  await expect(row.getByRole('alert')).toContainText('Say something first.');
  await row.getByLabel('Why it is taken back').fill('meant frame 45');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('row').filter({ hasText: 'entry.undone' })).toContainText('meant frame 45');

  await workbench.goTo('#/items/1?frame=44');
  await expect(card).toContainText('Withdrawn by desk: meant frame 45');
});

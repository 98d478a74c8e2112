import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './page.ts';

test('words lead from the library to the frame they were said of, and a search is kept', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFrame(1, 21);
  await page.keyboard.press('n');
  await page.keyboard.type('Žilina: 爆発の映像 behind the crane');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('listitem').filter({ hasText: 'behind the crane' })).toBeVisible();

  await workbench.goTo('#/');
  await page.getByRole('searchbox', { name: 'Words' }).fill('zilina 爆発');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: '1 found' })).toBeVisible();
  const hit = page.getByRole('listitem').filter({ hasText: 'behind the crane' });
  await expect(hit.locator('mark').first()).toHaveText('Žilina');
  expect(await page.locator('main img').count()).toBe(0);

  await page.getByLabel('Kind', { exact: true }).selectOption('observation');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page).toHaveURL(/kind=observation/);
  await page.getByLabel('Keep this search').fill('cranes');
  await page.getByRole('button', { name: 'Keep', exact: true }).click();
  await expect(page.getByRole('link', { name: 'cranes' })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.getByRole('link', { name: 'cranes' }).click();
  await hit.getByRole('link').first().click();
  await workbench.showsFrame(21);

  await workbench.goTo('#/search');
  await page.getByRole('button', { name: 'Remove cranes' }).click();
  await expect(page.getByText('No search has been kept yet.')).toBeVisible();
});

import { expect, test } from './page.ts';

test('what items share is drawn, told in words, and leads to both sides by keyboard', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/reuse');
  const cluster = page.getByRole('article', { name: '2 items share footage' });
  const map = cluster.getByRole('group', { name: /^Items as lanes/ });
  // Nobody said when either of them came out.
  await expect(cluster).toContainText('#1 may come from #2');
  await expect(cluster).toContainText('by extent alone');
  await expect(cluster).toContainText('Times do not decide');

  await map.getByRole('link', { name: /^Footage 1 in #2, 00:0\d\.\d+ – / }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/items\/2\?frame=\d+$/);

  await workbench.goTo('#/reuse?item=1');
  await map.getByRole('link', { name: /^M1: #1 .* is #2 .*not reviewed/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/matches\/M1$/);

  await workbench.goTo('#/reuse?item=3');
  await expect(page.getByText('No items share footage.')).toBeVisible();
});

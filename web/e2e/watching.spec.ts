import { expect, test } from './page.ts';

test('a marked span is watched for, what is found is told on every screen, and the watch ends', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFrame(1, 30);
  await page.keyboard.press('i');
  await page.keyboard.press('.');
  await workbench.showsFrame(31);
  for (let step = 0; step < 20; step += 1) await page.keyboard.press('.');
  await workbench.showsFrame(51);
  await page.keyboard.press('o');
  await page.getByRole('tab', { name: 'Matches' }).click();
  await page.getByText('Tell me when this appears again').click();
  await expect(page.getByText('Frames 30 to 51 are watched for.')).toBeVisible();
  await page.getByLabel('Note').fill('the towers');
  await page.getByRole('button', { name: 'Watch for it' }).click();
  await expect(page.getByText('W1: seen elsewhere once.')).toBeVisible();

  await page.getByRole('link', { name: 'Watch list' }).first().click();
  const watch = page.getByRole('article', { name: 'W1 city-repost.mp4' });
  await expect(watch).toContainText('the towers');
  await expect(watch.getByRole('listitem').filter({ hasText: 'M1' })).toContainText('not reviewed');
  const told = page.getByRole('banner').getByRole('link', { name: '1 seen again' });
  await expect(told).toBeVisible();

  await watch.getByRole('link', { name: 'Compare' }).click();
  await expect(page.locator('canvas[data-frame]')).toHaveCount(2);
  await page.keyboard.press('y');
  await expect(page.getByRole('region', { name: 'Review' }).locator('.pill')).toHaveText('confirmed');
  // It goes by itself: the page hears of the review.
  await expect(told).toHaveCount(0);
  await page.getByRole('link', { name: 'Watch list' }).first().click();

  await page.getByRole('button', { name: 'Take W1 off the list' }).click();
  await expect(page.getByText('Nothing is watched for.')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Show ended ones' }).check();
  await expect(watch).toContainText('ended');

  // As it was for other tests.
  await workbench.goTo('#/matches/M1');
  await expect(page.locator('canvas[data-frame]')).toHaveCount(2);
  await page.keyboard.press('t');
  await expect(page.getByRole('region', { name: 'Review' }).locator('.pill')).toHaveText('not reviewed');
});

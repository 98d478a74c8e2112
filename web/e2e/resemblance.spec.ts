import { passesAxe } from './axe.ts';
import { expect, test } from './page.ts';

test('a person judges how alike what two frames show is, by keyboard', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/matches/M1');
  await expect(page.locator('canvas[data-frame]')).toHaveCount(2);
  await workbench.unfold(/^Judge a resemblance…$/);
  const form = page.getByRole('region', { name: 'Resemblance, as you judge it' });
  await expect(form).toBeVisible();
  await passesAxe(workbench, 'judging a resemblance');
  // A box can be typed.
  await form.getByLabel('Left').first().fill('10');
  await form.getByLabel('What is compared').focus();
  await page.keyboard.type('the tower on the left');
  await workbench.tabTo(/^What it supports$/);
  await page.keyboard.type('moderately: the');
  await workbench.tabTo(/^Features compared$/);
  await page.keyboard.type('rows of windows');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('aerial on the roof');
  await workbench.tabTo(/^Reasons$/);
  await page.keyboard.press('Enter');
  await expect(form.getByRole('alert')).toHaveText('Say something first.');
  await page.keyboard.type('Both stand in the same place');
  await workbench.tabTo(/^Limits: what could not be compared$/);
  await page.keyboard.type('the repost is smaller');
  await page.keyboard.press('Enter');
  const saved = page.getByText(/^R\d+ recorded\.$/);
  await expect(saved).toBeVisible();
  const number = /R\d+/.exec((await saved.textContent()) ?? '')?.[0] ?? '';

  await workbench.goTo('#/items/1');
  const card = page.getByRole('listitem').filter({ hasText: 'the tower on the left' });
  await expect(card).toContainText('moderately: the same');
  await expect(card).toContainText('compared: rows of windows, aerial on the roof');
  await expect(card).toContainText('limits: the repost is smaller');
  await expect(card).toContainText('desk');
  await passesAxe(workbench, 'an item with a resemblance');
  await workbench.goTo(`#/to/${number}`);
  await expect(page).toHaveURL(/#\/items\/1\?frame=\d+$/);
});

import { passesAxe } from './axe.ts';
import { expect, test } from './page.ts';
import { run, withCase } from './program.ts';

test('of a long record the newest stand first in sight, and words, a number or the frame narrow it', async ({ workbench }) => {
  const { page } = workbench;
  await withCase(['odd/rotated.mp4'], async (served, folder) => {
    for (let no = 1; no <= 45; no += 1) run(folder, 'observe', '#1', no % 9 === 0 ? `A hand, ${no}` : `Smoke, ${no}`, '--frame', String(no % 20));
    run(folder, 'claim', 'add', '#1', 'A hand was filmed');
    await workbench.open('#/items/1?frame=0', served.address);
    const panel = page.getByRole('complementary', { name: 'About this item' });
    const seen = panel.locator('section').filter({ has: page.getByRole('heading', { name: 'Observations' }) }).getByRole('listitem');
    await expect(seen).toHaveCount(40);
    await expect(seen.last()).toContainText('O45');
    await passesAxe(workbench, 'a long record');

    // What is recorded now stands at the end, drawn.
    await page.keyboard.press('n');
    await page.keyboard.type('A dog runs by');
    await page.keyboard.press('Enter');
    await expect(seen.last()).toContainText('A dog runs by');
    await expect(seen).toHaveCount(40);
    await panel.getByRole('button', { name: 'Show 6 earlier' }).click();
    await expect(seen).toHaveCount(46);
    await expect(seen.first()).toContainText('O1');

    const filter = panel.getByRole('searchbox', { name: 'Only' });
    await filter.fill('hand');
    await expect(panel.getByRole('status').filter({ hasText: '6 of 47 records' })).toBeVisible();
    await expect(seen).toHaveCount(5);
    await filter.fill('o12');
    await expect(seen).toHaveText([/O12/]);
    await filter.fill('');
    await panel.getByLabel('At this frame').check();
    await expect(seen).toHaveText([/O20/, /O40/, /O46/]);
    await page.keyboard.press('Escape');
    await page.locator('canvas').first().click();
    await page.keyboard.press('.');
    await expect(seen).toHaveText([/O1\b/, /O21/, /O41/]);
  });
});

test('of many places the one that is sought is found', async ({ workbench }) => {
  const { page } = workbench;
  await withCase(['odd/rotated.mp4'], async (served, folder) => {
    const place = (name: string, north: number) =>
      run(folder, 'place', 'add', '#1', name, '--precision', 'town', '--basis', 'landmarks', '--reason', 'as it looks', '--position', `${north},29.9`);
    for (let no = 1; no <= 62; no += 1) place(`Town ${no}`, 20 + no / 2);
    await workbench.open('#/atlas?at=L62', served.address);
    const cards = page.getByRole('region', { name: 'Places and times' }).getByRole('listitem');
    await expect(cards.filter({ hasText: 'Town 62' })).toBeInViewport();
    await passesAxe(workbench, 'many places');
    const filter = page.getByRole('searchbox', { name: 'Only' });
    await filter.fill('town 6');
    await expect(page.getByRole('status').filter({ hasText: '9 of 62' })).toBeVisible();
    await expect(cards).toHaveCount(9);
    await filter.fill('l7');
    await expect(cards).toHaveCount(1);
    await expect(cards).toContainText('Town 7');
    await filter.fill('');
    await expect(cards).toHaveCount(60);
    await page.getByRole('button', { name: 'Show 2 earlier' }).click();
    await expect(cards).toHaveCount(62);
  });
});

import { passesAxe } from './axe.ts';
import { expect, test } from './page.ts';
import { run, withCase } from './program.ts';

/** Two places near each other, one far off, one without a position; a date, its revision, and a range. */
function record(folder: string): void {
  const place = (item: string, name: string, precision: string, ...more: string[]) =>
    run(folder, 'place', 'add', item, name, '--precision', precision, '--basis', 'landmarks', '--reason', 'the church behind', ...more);
  place('#1', 'Market square', 'street', '--position', '50.6412,29.9231', '--radius', '50');
  place('#1', 'Church yard', 'point', '--position', '50.6413,29.9233', '--footing', 'established');
  place('#2', 'Harbour', 'region', '--position=-33.8568,151.2153', '--radius', '200000');
  place('#2', 'By the river', 'town');
  const date = (item: string, when: string, ...more: string[]) =>
    run(folder, 'date', 'add', item, when, '--basis', 'shadow-analysis', '--reason', 'the shadows', ...more);
  date('#1', '2026-05');
  date('#1', '2026-05-03', '--revises', 'D1', '--footing', 'established');
  date('#2', '2026-04-20', '--until', '2026-04-28');
}

test('places lie on the map and dates on the line, and lead to their items, by mouse and by keyboard', async ({ workbench }) => {
  const { page } = workbench;
  await withCase(['odd/rotated.mp4', 'odd/ten-bit.mp4'], async (served, folder) => {
    record(folder);
    await workbench.open('#/atlas', served.address);
    await expect(page.locator('canvas[data-drawn]')).toBeVisible();
    const map = page.getByRole('group', { name: 'Map of places' });
    await expect(map.getByRole('button')).toHaveCount(2);
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      await passesAxe(workbench, `places and times, ${scheme}`);
    }

    // Two that lie on one another share a mark, which goes from one to the next.
    await map.getByRole('button', { name: '2 places: L1, L2' }).click();
    const first = page.getByRole('listitem').filter({ hasText: 'Market square' });
    await expect(first.getByRole('button', { name: 'L1' })).toHaveAttribute('aria-pressed', 'true');
    await map.getByRole('button', { name: '2 places: L1, L2' }).click();
    await expect(page.getByRole('button', { name: 'L2', exact: true })).toHaveAttribute('aria-pressed', 'true');
    await expect(page.getByRole('heading', { name: 'No position was given' })).toBeVisible();

    // Near enough, they are two; farther off again, and all.
    await map.focus();
    for (let press = 0; press < 11; press += 1) await page.keyboard.press('+');
    await page.getByRole('button', { name: 'All places' }).click();
    await expect(map.getByRole('button')).toHaveCount(2);
    await page.mouse.move(0, 0);

    // What was superseded is there when asked for.
    const line = page.getByRole('group', { name: 'Line of time' });
    await expect(line.getByRole('button')).toHaveCount(2);
    await workbench.tabTo(/^Show superseded and withdrawn$/);
    await page.keyboard.press('Space');
    await expect(line.getByRole('button')).toHaveCount(3);
    await workbench.tabTo(/^D2 2026-05-03, established$/);
    await page.keyboard.press('Enter');
    await expect(page.locator('.card.chosen')).toContainText('the shadows');
    await workbench.tabTo(/^Open D2 in #1 /);
    await page.keyboard.press('Enter');
    await workbench.showsFrame(0);
    expect(page.url()).toContain('#/items/1');
  });
});

test('the wheel goes nearer to what is under the pointer, and two places part', async ({ workbench }) => {
  const { page } = workbench;
  await withCase(['odd/rotated.mp4'], async (served, folder) => {
    for (const [name, position] of [['One', '50.6412,29.9231'], ['Other', '50.7,30.1']] as const) {
      run(folder, 'place', 'add', '#1', name, '--position', position, '--precision', 'town', '--basis', 'landmarks', '--reason', 'seen');
    }
    await workbench.open('#/atlas?at=L2', served.address);
    await expect(page.locator('.card.chosen')).toContainText('Other');
    const map = page.getByRole('group', { name: 'Map of places' });
    const both = map.getByRole('button', { name: '2 places: L1, L2' });
    await both.hover();
    for (let turn = 0; turn < 8 && (await both.count()) > 0; turn += 1) await page.mouse.wheel(0, -600);
    await expect(map.getByRole('button', { name: 'L1 One' })).toBeVisible();
    await expect(map.getByRole('button', { name: 'L2 Other' })).toBeVisible();
  });
});

import { passesAxe } from './axe.ts';
import { expect, test } from './page.ts';
import { fixture, run, withCase } from './program.ts';

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

/** An account that was seen thrice, bore another name, released an item and made two claims, one of no known time. */
function recordSources(folder: string): void {
  // When its bytes were obtained is stated: this test may run on any day.
  run(folder, 'add', fixture('odd/rotated.mp4'), '--acquired', '2026-05-03');
  run(folder, 'source', 'add', '@rooftop_71');
  run(folder, 'source', 'add', 'The Evening Paper', '--kind', 'outlet');
  run(folder, 'source', 'state', 'S1', 'live', '--at', '2026-05-01');
  run(folder, 'source', 'state', 'S1', 'live', '--at', '2026-05-02T18:20:00Z', '--proof-item', '1');
  run(folder, 'source', 'state', 'S1', 'deleted', '--at', '2026-05-04T07:30:00Z', '--note', 'answers 410 Gone');
  run(folder, 'source', 'alias', 'S1', '@older', '--until', '2026-05-02');
  run(folder, 'series', 'add', 'Harbour', '--source', 'S1');
  run(folder, 'series', 'place', 'G1', '#1', '1', '--released', '2026-05-02');
  run(folder, 'claim', 'add', '#1', 'Filmed from our roof', '--source', 'S1', '--asserted', '2026-05-02T20:00:00+02:00');
  run(folder, 'claim', 'add', '#1', 'It was tonight', '--source', 'S1');
}

test('sources lie on lines of time, with what is not known between, by mouse and by keyboard', async ({ workbench }) => {
  const { page } = workbench;
  await withCase([], async (served, folder) => {
    recordSources(folder);
    await workbench.open('#/sources', served.address);
    const line = page.getByRole('group', { name: 'Sources over time' });
    await expect(line.getByRole('button', { name: 'seen live, May 1, 2026' })).toBeVisible();
    await expect(line.getByTitle('live became deleted some time here')).toBeVisible();
    await expect(line.getByTitle('live before and after')).toBeVisible();
    await expect(line.getByTitle('nobody has looked since').first()).toBeAttached();
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      await passesAxe(workbench, `sources over time, ${scheme}`);
    }

    // Nearer, so that what lay on one another parts; what was chosen is told exactly, and leads to its record.
    await line.focus();
    for (let press = 0; press < 4; press += 1) await page.keyboard.press('+');
    await page.getByRole('button', { name: 'All times' }).click();
    await workbench.tabTo(/^seen deleted, May 4, 2026/);
    await page.keyboard.press('Enter');
    const chosen = page.getByRole('region', { name: 'Chosen on the line' });
    await expect(chosen).toContainText('answers 410 Gone');
    await expect(chosen).toContainText('2026-05-04T07:30:00Z');
    await line.getByRole('button', { name: 'S1: 1 without a time' }).click();
    await expect(chosen).toContainText('It was tonight');
    await expect(chosen).toContainText('time not known');

    // The same in words; a source that nothing is known of has a row all the same.
    await workbench.unfold(/^As a table$/);
    const table = page.getByRole('region', { name: 'As a table' });
    await expect(table.getByRole('row')).toHaveCount(10);
    await expect(table).toContainText('2026-05-02T20:00:00+02:00');
    await expect(table).toContainText('until May 2, 2026');
    await expect(line.getByRole('button', { name: 'Go to S2 The Evening Paper' })).toBeVisible();
    await line.getByRole('button', { name: 'Go to S1 @rooftop_71' }).click();
    await expect(page.getByRole('article', { name: '@rooftop_71' })).toBeFocused();
    await chosen.getByRole('link', { name: 'Show C2' }).click();
    await expect(page).toHaveURL(/#\/items\/1/);
  });
});

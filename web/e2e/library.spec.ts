import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { passesAxe } from './axe.ts';
import { expect, test } from './page.ts';
import { init, run, serve, withCase } from './program.ts';

/** Cards or rows that are in the page at all. */
const drawn = (page: Page) => page.locator('main [data-at]').count();

/** Times between pictures, in milliseconds, while somebody scrolls through the whole page. */
function scrolled(page: Page): Promise<number[]> {
  return page.evaluate(
    () =>
      new Promise<number[]>((done) => {
        const times: number[] = [];
        const all = document.documentElement.scrollHeight - innerHeight;
        const step = all / 120;
        let [last, at] = [performance.now(), 0];
        const on = (now: number) => {
          times.push(now - last);
          [last, at] = [now, at + step];
          scrollTo(0, at);
          if (at < all) requestAnimationFrame(on);
          else done(times.slice(1));
        };
        requestAnimationFrame(on);
      }),
  );
}

test('a large library is gone through with mouse or keys, and only what is in sight is drawn', async ({ workbench }) => {
  const { page } = workbench;
  const folder = mkdtempSync(join(tmpdir(), 'framewitness-library-'));
  const [files, theCase] = [join(folder, 'file'), join(folder, 'case')];
  const many = Number(process.env['ITEMS'] ?? 640);
  const names = Array.from({ length: many }, (_, n) => `${files}-${n + 1}.bin`);
  for (const [n, name] of names.entries()) writeFileSync(name, `file ${n + 1}`);
  init(theCase, 'Many files');
  for (let n = 0; n < many; n += 500) run(theCase, 'add', ...names.slice(n, n + 500));
  const served = await serve(theCase);
  try {
    const told = page.getByRole('main').getByRole('status');
    const all = new Intl.NumberFormat('en').format(many);
    const card = (n: number) => page.getByRole('link', { name: `#${n} file-${n}.bin` });
    await workbench.open('#/', served.address);
    await expect(told).toHaveText(`${all} items`);
    await expect(card(1)).toBeVisible();
    expect(await drawn(page)).toBeLessThan(60);

    // The keys go on and on: what has the focus is drawn, and what follows it.
    await card(1).focus();
    for (let n = 2; n <= 25; n += 1) {
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
    }
    await expect(card(25)).toBeFocused();
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await expect(card(many)).toBeVisible();
    expect(await drawn(page)).toBeLessThan(60);
    await expect(card(25)).toBeFocused();
    await expect(page.getByRole('listitem').filter({ hasText: `file-${many}.bin` })).toHaveAttribute('aria-posinset', String(many));

    await page.evaluate(() => scrollTo(0, 0));
    const times = (await scrolled(page)).sort((one, other) => one - other);
    const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
    console.log(`${all} items: ${at(0.5).toFixed(1)} ms from picture to picture, ${at(0.95).toFixed(1)} ms in 95 of 100, ${(times.at(-1) ?? 0).toFixed(1)} ms at most`);
    expect(await drawn(page)).toBeLessThan(60);

    await page.evaluate(() => scrollTo(0, 0));
    await page.getByLabel('Order').selectOption('Name');
    await page.getByRole('button', { name: 'Last to first' }).click();
    await expect(page.locator('main [data-at="0"]')).toContainText(`#${many} `);
    await page.getByLabel('Only', { exact: true }).fill('FILE-11 bin');
    await expect(told).toHaveText(`${many > 1100 ? new Intl.NumberFormat('en').format(11 + Math.min(many - 1099, 100)) : 11} of ${all} items`);
    await passesAxe(workbench, 'cards');
    await page.getByRole('button', { name: 'Table', exact: true }).click();
    const table = page.getByRole('table', { name: 'Library' });
    await expect(table.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'descending');
    await expect(table.getByRole('row').nth(1)).toContainText('file-11');
    await passesAxe(workbench, 'a table');
    await page.reload();
    await expect(table).toBeVisible();
    await page.getByLabel('Only', { exact: true }).fill('nothing has this');
    await expect(page.getByText('No item in sight has all of these words.')).toBeVisible();
  } finally {
    await served.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

test('several items are tagged, warned of and inspected at once, by keyboard too', async ({ workbench }) => {
  const { page } = workbench;
  await withCase(['odd/rotated.mp4', 'odd/anamorphic.mp4'], async (served, theCase) => {
    const folder = mkdtempSync(join(tmpdir(), 'framewitness-batch-'));
    const names = ['a', 'b', 'c'].map((name) => join(folder, `${name}.bin`));
    for (const name of names) writeFileSync(name, name);
    run(theCase, 'add', ...names);
    rmSync(folder, { recursive: true });
    await workbench.open('#/', served.address);
    const bar = page.getByRole('region', { name: 'With what is selected' });
    await expect(bar).toHaveCount(0);
    const box = (name: string) => page.getByRole('checkbox', { name: `Select ${name}` });
    await box('#1 rotated.mp4').focus();
    await page.keyboard.press('Space');
    await box('#4 b.bin').click({ modifiers: ['Shift'] });
    await expect(bar).toContainText('4 items selected');
    await box('#2 anamorphic.mp4').uncheck();
    await expect(bar).toContainText('3 items selected');
    await bar.getByRole('button', { name: 'Tag' }).click();
    await bar.getByLabel('Tag', { exact: true }).fill('rooftop');
    await passesAxe(workbench, 'what is done with several');
    await page.keyboard.press('Enter');
    await expect(bar).toContainText('Done with 3 items.');
    const tags = run(theCase, 'tag', 'list', '--json').toString().trim().split('\n').map((line) => (JSON.parse(line) as { on: string }).on);
    expect(tags).toEqual(['#1', '#3', '#4']);

    await page.getByRole('checkbox', { name: 'Select all in sight' }).check();
    await expect(bar).toContainText('5 items selected');
    await bar.getByRole('button', { name: 'Content note' }).click();
    await bar.getByRole('checkbox', { name: 'graphic' }).check();
    await bar.getByLabel('In words').fill('Blood at the end');
    await bar.getByRole('button', { name: 'Record it for 5 items' }).click();
    await expect(bar).toContainText('Done with 5 items.');
    await expect(page.getByRole('listitem').filter({ hasText: '#5 c.bin' })).toContainText('Blood at the end');

    await page.getByLabel('Only', { exact: true }).fill('.bin');
    await page.getByRole('checkbox', { name: 'Select all in sight' }).check();
    await bar.getByRole('button', { name: 'Inspect' }).click();
    await expect(page.getByRole('link', { name: /#5 c\.bin/ })).toContainText('0 frames');
    await expect(page.getByRole('button', { name: /^Inspect #/ })).toHaveCount(0);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './page.ts';
import { init, run, serve } from './program.ts';

test('a large library is read as one goes through it, with mouse or keys', async ({ workbench }) => {
  const { page } = workbench;
  const folder = mkdtempSync(join(tmpdir(), 'framewitness-library-'));
  const [files, theCase] = [join(folder, 'file'), join(folder, 'case')];
  const names = Array.from({ length: 230 }, (_, n) => `${files}-${n + 1}.bin`);
  for (const [n, name] of names.entries()) writeFileSync(name, `file ${n + 1}`);
  init(theCase, 'Many files');
  run(theCase, 'add', ...names);
  const served = await serve(theCase);
  try {
    const told = page.getByRole('main').getByRole('status');
    const card = (n: number) => page.getByRole('link', { name: `#${n} file-${n}.bin` });
    await workbench.open('#/', served.address);
    await expect(told).toHaveText('100 of 230 items');
    await expect(card(1)).toBeVisible();
    expect(await page.locator('main li').count()).toBe(100);

    // The keys reach the end of what is here, and so what follows it.
    await card(100).focus();
    await expect(told).toHaveText('200 of 230 items');
    await page.keyboard.press('Tab');
    await expect(card(101)).toBeFocused();

    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await expect(told).toHaveText('230 items');
    expect(await page.locator('main li').count()).toBe(230);
    await expect(page.getByRole('button', { name: 'Show more' })).toHaveCount(0);

    await page.evaluate(() => scrollTo(0, 0));
    await page.getByLabel('Preserved').selectOption('last to first');
    await expect(page.locator('main li').first()).toContainText('#230');
    await expect(told).toHaveText('100 of 230 items');
    await page.getByRole('button', { name: 'Show more' }).press('Enter');
    await expect(card(130)).toBeFocused();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
  } finally {
    await served.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

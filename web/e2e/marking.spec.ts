import { passesAxe } from './axe.ts';
import { expect, test, type Workbench } from './page.ts';

/** Numbers of the frames that are drawn from now on, as the canvas states them. */
async function drawn(workbench: Workbench): Promise<() => Promise<number[]>> {
  await workbench.page.evaluate(() => {
    const canvas = document.querySelector('canvas');
    const seen: [number, string][] = [];
    (window as unknown as { seen: typeof seen }).seen = seen;
    if (!canvas) throw new Error('there is no canvas');
    new MutationObserver(() => {
      const now: [number, string] = [Number(canvas.dataset['frame']), canvas.dataset['exact'] ?? ''];
      if (seen.at(-1)?.[0] !== now[0]) seen.push(now);
    }).observe(canvas, { attributeFilter: ['data-frame'] });
  });
  return async () => {
    const seen = await workbench.page.evaluate(() => (window as unknown as { seen: [number, string][] }).seen);
    expect(seen.filter(([, exact]) => exact !== 'true'), 'frames that are not exact').toEqual([]);
    return seen.map(([no]) => no);
  };
}

test('a short span is played again and again in exact frames, by key and by button', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFrame(2, 40);
  await page.keyboard.press('i');
  for (let press = 0; press < 4; press += 1) await page.keyboard.press('.');
  await workbench.showsFrame(44);
  await page.keyboard.press('o');
  const order = await drawn(workbench);
  await page.keyboard.press('p');
  await expect.poll(async () => (await order()).length).toBeGreaterThan(16);
  const seen = await order();
  expect(seen).toEqual(seen.map((_, at) => 40 + (at % 5)));
  const loop = page.getByRole('button', { name: 'Loop' });
  await expect(loop).toHaveAttribute('aria-pressed', 'true');
  await loop.click();
  await expect(loop).toHaveAttribute('aria-pressed', 'false');
  // It goes on beyond the span.
  await expect.poll(async () => Number(await page.locator('canvas:not(.veil)').getAttribute('data-frame'))).toBeGreaterThan(46);
  await page.keyboard.press('k');
});

test('a frame is marked with a name in a moment, and the mark stays', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFrame(2, 62);
  await page.keyboard.press('q');
  const dialog = page.getByRole('dialog', { name: 'Mark frame 62' });
  await expect(dialog).toBeVisible();
  await passesAxe(workbench, 'marking');
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  const mark = page.locator('.timeline .mark.named');
  await expect(mark).toHaveCount(1);
  await expect(mark).toHaveAttribute('title', /^O\d+ Mark at frame 62$/);

  await page.getByRole('slider', { name: 'Position' }).press('.');
  await workbench.showsFrame(63);
  await page.getByRole('button', { name: 'Mark with a name' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('the van turns');
  await page.getByRole('button', { name: 'Mark', exact: true }).click();
  await expect(mark).toHaveCount(2);
  await page.reload();
  await workbench.showsFrame(63);
  await expect(mark.nth(1)).toHaveAttribute('title', /the van turns$/);
  // It is an observation like another, and so its card leads to the frame.
  await expect(page.getByRole('listitem').filter({ hasText: 'the van turns' }).first()).toBeVisible();
});

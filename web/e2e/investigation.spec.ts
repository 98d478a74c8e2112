import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dropped } from './dropping.ts';
import { expect, test, Workbench } from './page.ts';
import { fixture, program, run, serve, withCase } from './program.ts';

/** A post: four seconds of older footage, cropped and coded again. */
function repost(folder: string): string {
  const path = join(folder, 'tonight.mp4');
  const alter = 'crop=iw*0.88:ih*0.88:iw*0.06:ih*0.06';
  execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-ss', '1', '-t', '4', '-i', fixture('clips/cityCC0.mpg'), '-an', '-vf', alter, '-c:v', 'libx264', '-crf', '27', path]);
  return path;
}

/** A judgement of the hypothesis on show, with the last one of the same person revised where there is one. */
async function assess(workbench: Workbench, by: string, likelihood: string, reasons: string): Promise<void> {
  const { page } = workbench;
  const open = page.getByRole('button', { name: '+ Assessment' });
  if ((await open.getAttribute('aria-expanded')) === 'false') await open.click();
  const form = page.getByRole('region', { name: 'Add to the record' });
  await form.getByLabel('Whose judgement').fill(by);
  await form.getByLabel('Likelihood').selectOption(likelihood);
  await form.getByLabel('Reasons').fill(reasons);
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(/^A\d+ recorded\.$/)).toBeVisible();
}

/** Somebody else reads a draft at a desk of their own, and lets it leave. */
async function approved(workbench: Workbench, theCase: string, draft: string, by: string): Promise<void> {
  const desk = await serve(theCase, '0', by);
  const theirs = await workbench.page.context().browser()?.newContext();
  if (!theirs) throw new Error('there is no browser');
  try {
    const page = await theirs.newPage();
    const other = new Workbench(page);
    await other.open(`#/publish/${draft}`, desk.address);
    const reading = page.getByRole('region', { name: 'Read it' });
    await reading.getByRole('radio', { name: 'It may leave' }).check();
    await reading.getByRole('textbox', { name: 'Note' }).fill('Checked against both clips');
    await reading.getByRole('button', { name: 'Record the review' }).click();
    await expect(reading).toContainText(`${by} approves`);
  } finally {
    await theirs.close();
    await desk.stop();
  }
}

// The pages that would leave run nothing, and the browser says so.
test.afterEach(({ workbench }) => {
  const others = workbench.complaints.filter((text) => !text.startsWith('Blocked script execution in'));
  workbench.complaints.splice(0, Infinity, ...others);
});

test('a whole investigation: dropped in, inspected, matched, compared, judged, published, verified', async ({ workbench }) => {
  test.setTimeout(300_000);
  const { page } = workbench;
  const folder = mkdtempSync(join(tmpdir(), 'framewitness-whole-'));
  try {
    await withCase([], async (served, theCase) => {
      await workbench.open('#/', served.address);
      await dropped(page, [fixture('clips/cityCC0.mpg'), repost(folder)]);
      await expect(page.getByRole('link', { name: /#1 cityCC0\.mpg/ })).toContainText('1 match');
      await expect(page.getByRole('link', { name: /#2 tonight\.mp4/ })).toContainText('1 match');

      // The same footage, side by side, frame by frame.
      await page.getByRole('link', { name: 'Matches', exact: true }).click();
      await page.getByRole('link', { name: 'Compare' }).click();
      await expect(page.locator('canvas[data-frame]')).toHaveCount(2);
      const frames = () => page.locator('canvas:not(.veil)').evaluateAll((all) => all.map((one) => Number((one as HTMLCanvasElement).dataset['frame'])));
      const names = await page.getByTestId('pane').allTextContents();
      const post = names.findIndex((text) => text.includes('tonight.mp4'));
      for (let press = 0; press < 10; press += 1) await page.keyboard.press('.');
      await expect.poll(async () => (await frames())[post]).toBeGreaterThanOrEqual(10);
      const shown = await frames();
      const ahead = (shown[1 - post] ?? 0) - (shown[post] ?? 0);
      expect(Math.abs(ahead - 25), `the post begins one second in, at frame 25, and is shown ${ahead} behind`).toBeLessThanOrEqual(3);
      await page.getByRole('link', { name: 'Open this frame' }).nth(post).click();
      await workbench.showsFrame(shown[post] ?? 0);

      await page.getByRole('button', { name: '+ Claim' }).click();
      await page.keyboard.type('Filmed from our roof tonight');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('listitem').filter({ hasText: 'Filmed from our roof tonight' })).toContainText('unverified');

      // Two judge it otherwise, and one of them comes round.
      await page.getByRole('button', { name: '+ Assessment' }).click();
      await page.getByLabel('The hypothesis in a sentence').fill('The post is older footage');
      await assess(workbench, 'Mbeki', 'almost-certain', 'Aligned to the frame');
      const board = page.getByRole('article').filter({ hasText: 'The post is older footage' });
      await expect(board).toContainText('almost certain');
      await assess(workbench, 'Lindqvist', 'unlikely', 'The lamps look new');
      await expect(board).toContainText('Assessors differ');
      await assess(workbench, 'Lindqvist', 'very-likely', 'The lamps are in the older one too');
      await expect(board.locator('s')).toContainText('unlikely');

      // What may leave, read by somebody else, sealed, and checked by a stranger.
      await workbench.goTo('#/publish/new');
      const everything = page.getByRole('button', { name: 'Everything about this item' });
      await expect(everything).toHaveCount(2);
      for (const one of await everything.all()) await one.click();
      await expect(page.getByText('0 things may leave')).toHaveCount(0);
      await page.getByLabel('Title', { exact: true }).fill('The towers are older');
      await page.getByLabel('Summary').fill('Published a year before it was posted.');
      await page.getByRole('button', { name: 'Draft it' }).click();
      await expect(page).toHaveURL(/#\/publish\/B1$/);
      await expect(page.getByRole('heading', { name: 'Nothing but a reader’s word keeps it from leaving.' })).toBeVisible();
      await approved(workbench, theCase, 'B1', 'Ben');
      // The page hears of it by itself.
      const seal = page.getByRole('button', { name: 'Seal and download' });
      await expect(seal).toBeEnabled();
      const download = page.waitForEvent('download');
      await seal.click();
      const archive = await (await download).path();
      execFileSync('tar', ['-xf', archive, '-C', folder]);
      const told = execFileSync(program(), ['verify', join(folder, 'publication-B1')], { stdio: ['ignore', 'pipe', 'inherit'] });
      expect(told.toString()).toMatch(/^proven +\d+ entries were among/m);
      run(theCase, 'verify');
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

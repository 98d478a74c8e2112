import { run } from './program.ts';
import { expect, test } from './page.ts';

/** The last entry before somebody revised a judgement. */
function beforeRevision(): number {
  const lines = run(process.env['CASE'] ?? '', 'log', '--json').toString().trim().split('\n');
  const entries = lines.map((line) => JSON.parse(line) as { seq: number; kind: string; body: { supersedes?: string | null } });
  const revision = entries.find((entry) => entry.kind === 'assessment.made' && entry.body.supersedes);
  if (!revision) throw new Error('nothing was revised');
  return revision.seq - 1;
}

test('the page shows the case as it stood, and records nothing there', async ({ workbench }) => {
  const { page } = workbench;
  const state = beforeRevision();
  await workbench.open();
  await page.goto(new URL(`/?as_of=${state}#/items/1?frame=50`, page.url()).href);
  await workbench.showsFrame(50);
  const banner = page.getByRole('complementary', { name: 'Earlier state' });
  await expect(banner).toContainText(`after entry ${state}`);
  await expect(banner).toContainText('Nothing can be recorded here.');
  const board = page.getByRole('article').filter({ hasText: 'The post is older footage' });
  await expect(board).toContainText('even chance');
  await expect(board.locator('s')).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^\+ / })).toHaveCount(0);
  await page.keyboard.press('n');
  await expect(page.getByLabel('What do you see?')).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Report' })).toHaveAttribute('href', `/api/items/1/report.html?as_of=${state}`);

  await page.getByRole('link', { name: 'Sources' }).click();
  await expect(page.getByText('@rooftop_71').first()).toBeVisible();
  await expect(page.getByRole('button')).toHaveCount(1);
  await expect(banner).toBeVisible();

  await banner.getByRole('link', { name: 'Show it as it stands now' }).click();
  await expect(page.getByRole('button', { name: 'Add source' })).toBeVisible();
  await expect(banner).toHaveCount(0);
});

test('an earlier state is opened from the journal', async ({ workbench }) => {
  const { page } = workbench;
  const state = beforeRevision();
  await workbench.open('#/journal');
  await page.getByTitle(`Show the case as it stood after entry ${state}`, { exact: true }).click();
  const banner = page.getByRole('complementary', { name: 'Earlier state' });
  await expect(banner).toContainText(`after entry ${state}`);
  await workbench.goTo('#/journal');
  await expect(page.getByRole('row')).toHaveCount(state + 2);
  await page.getByLabel('Show the case as of').fill('1');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('row')).toHaveCount(3);
});

import { passesAxe } from './axe.ts';
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
  await expect(page.getByRole('button', { name: /^(Add|Record|Grade|Give) / })).toHaveCount(0);
  await expect(page.locator('form')).toHaveCount(0);
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

test('a slider goes from entry to entry, of the case and of an item, and says whose each was', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/journal');
  const ofCase = page.getByRole('slider', { name: 'History of the case' });
  await expect(ofCase).toHaveAttribute('aria-valuetext', 'as it stands now');
  await ofCase.focus();
  await page.keyboard.press('Home');
  await expect(ofCase).toHaveAttribute('aria-valuetext', /^after entry 0: .* UTC, desk: /);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByLabel('Show the case as of')).toHaveValue('2');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/as_of=2#\/journal$/);
  await expect(page.getByRole('row')).toHaveCount(4);
  // Another state is another load; whoever went there by keyboard goes on.
  await expect(ofCase).toBeFocused();
  await expect(ofCase).toHaveAttribute('aria-valuetext', /^after entry 2: /);
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(page).not.toHaveURL(/as_of/);

  // Of an item only what it has to do with, and back by the mouse to what came later.
  await workbench.goTo('#/items/1?frame=50');
  await workbench.showsFrame(50);
  await page.getByText('Earlier states').click();
  const ofItem = page.getByRole('slider', { name: 'History of this item' });
  await expect(ofItem).toHaveAttribute('aria-valuetext', 'as it stands now');
  const steps = Number(await ofItem.getAttribute('max'));
  await passesAxe(workbench, 'history of an item');
  await page.getByRole('button', { name: 'The entry before' }).click();
  const banner = page.getByRole('complementary', { name: 'Earlier state' });
  await expect(banner).toBeVisible();
  await workbench.showsFrame(50);
  await expect(ofItem).toHaveAttribute('max', String(steps));
  const first = Number(await ofItem.inputValue());
  expect(first).toBe(steps - 1);
  await page.getByRole('button', { name: 'The entry before' }).click();
  await expect(ofItem).toHaveValue(String(first - 1));
  await page.getByRole('button', { name: 'The entry after' }).click();
  await expect(ofItem).toHaveValue(String(first));
  await page.getByRole('button', { name: 'The entry after' }).click();
  await expect(banner).toHaveCount(0);
});

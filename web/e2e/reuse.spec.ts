import { passesAxe } from './axe.ts';
import { expect, test } from './page.ts';

test('what items share is drawn, told in words, and leads to both sides by keyboard', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/reuse');
  const cluster = page.getByRole('article', { name: '2 items share footage' });
  const map = cluster.getByRole('group', { name: /^Items as lanes/ });
  // Nobody said when either of them came out.
  await expect(cluster).toContainText('#1 may come from #2');
  await expect(cluster).toContainText('by extent alone');
  await expect(cluster).toContainText('Times do not decide');

  await map.getByRole('link', { name: /^Footage 1 in #2, 00:0\d\.\d+ – / }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/items\/2\?frame=\d+$/);

  await workbench.goTo('#/reuse?item=1');
  await map.getByRole('link', { name: /^M1: #1 .* is #2 .*not reviewed/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/matches\/M1$/);

  await workbench.goTo('#/reuse?item=3');
  await expect(page.getByText('No items share footage.')).toBeVisible();
});

test('who reused what is a graph that is moved, filtered and followed by keyboard and by mouse', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/reuse');
  await page.getByRole('link', { name: 'Graph' }).click();
  await expect(page).toHaveURL(/reuse\?as=graph$/);
  const graph = page.getByRole('group', { name: /^Items and sources by the first time/ });
  const match = graph.getByRole('link', { name: /^M1: #1 .* is #2 .*not reviewed/ });
  await expect(match).toBeVisible();
  // The account made a claim about the first item: it stands there, tied to it.
  await expect(graph.getByRole('link', { name: /^S1 @rooftop_71, time not known, source$/ })).toBeVisible();
  await expect(graph.getByRole('link', { name: /^#1 city-repost.mp4, / })).toBeVisible();
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await passesAxe(workbench, `the graph, ${scheme}`);
  }
  // Nothing here is called the original.
  expect(await page.locator('main').innerText()).not.toMatch(/original/i);

  // Keys and pointer move it; whatever has the keyboard is brought into sight.
  const node = graph.getByRole('link', { name: /^#1 city-repost.mp4, / });
  const at = async () => (await node.boundingBox())?.x ?? NaN;
  const before = await at();
  await graph.focus();
  await page.keyboard.press('ArrowRight');
  expect(await at()).toBeCloseTo(before - 60, 0);
  await page.keyboard.press('0');
  expect(await at()).toBeCloseTo(before, 0);
  const box = await graph.boundingBox();
  if (!box) throw new Error('there is no graph');
  await page.mouse.move(box.x + box.width - 20, box.y + box.height - 12);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 60, box.y + box.height - 12, { steps: 4 });
  await page.mouse.up();
  expect(await at()).toBeCloseTo(before - 40, 0);
  await graph.focus();
  for (let press = 0; press < 4; press += 1) await page.keyboard.press('+');
  for (let press = 0; press < 20; press += 1) await page.keyboard.press('ArrowRight');
  await workbench.tabTo(/^#1 city-repost.mp4, /);
  const shown = await node.boundingBox();
  expect(shown && shown.x >= box.x && shown.x + shown.width <= box.x + box.width + 1).toBe(true);
  await page.getByRole('button', { name: 'All of it' }).click();

  await page.getByLabel('Find').fill('no such thing');
  await expect(page.getByText('Nothing here is like that.')).toBeVisible();
  await page.getByLabel('Find').fill('REPOST');
  await page.getByRole('checkbox', { name: 'Sources' }).uncheck();
  await expect(graph.getByRole('link', { name: /^S1/ })).toHaveCount(0);
  await match.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/matches\/M1$/);
});

import { expect, test } from './page.ts';

test('an observation is recorded by keyboard alone', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFrame(1, 40);
  await page.keyboard.press('n');
  await page.keyboard.type('No impact, just before B and V and 3.');
  await page.keyboard.press('Enter');
  const card = page.getByRole('listitem').filter({ hasText: 'No impact, just before B and V and 3.' });
  await expect(card).toBeVisible();
  await expect(card.getByRole('button', { name: 'Go to frame 40' })).toBeVisible();
  await expect(page.getByText(/^O\d+ recorded\.$/)).toBeVisible();
  await page.keyboard.press('Home');
  await workbench.showsFrame(0);
  await page.keyboard.press('n');
  await expect(page.getByLabel('What do you see?')).toHaveValue('');
});

test('a marked span and a box go with the observation', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFrame(1, 20);
  await page.keyboard.press('i');
  for (const key of ['.', '.', '.']) await page.keyboard.press(key);
  await workbench.showsFrame(23);
  await page.keyboard.press('o');
  await page.keyboard.press('n');
  await page.keyboard.type('A light goes on');
  await expect(page.getByLabel('Marked span (20–23)')).toBeChecked();
  await page.getByRole('button', { name: 'Draw a box' }).click();
  const picture = await page.locator('canvas:not(.veil)').boundingBox();
  if (!picture) throw new Error('there is no picture');
  await page.mouse.move(picture.x + picture.width * 0.25, picture.y + picture.height * 0.25);
  await page.mouse.down();
  await page.mouse.move(picture.x + picture.width * 0.5, picture.y + picture.height * 0.5, { steps: 4 });
  await page.mouse.up();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const card = page.getByRole('listitem').filter({ hasText: 'A light goes on' });
  await expect(card.getByRole('button', { name: /^Go to frames 20–23, box 1[56]\d×[89]\d at 1[56]\d,[89]\d$/ })).toBeVisible();
});

test('a polygon goes with an observation, clicked on the picture or typed', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFrame(1, 30);
  await page.keyboard.press('n');
  await page.keyboard.type('A roof with three corners');
  await page.getByLabel('Shape').selectOption('polygon');
  await page.getByRole('button', { name: 'Draw a polygon' }).click();
  const picture = await page.locator('canvas:not(.veil)').boundingBox();
  if (!picture) throw new Error('there is no picture');
  for (const [x, y] of [[0.2, 0.2], [0.7, 0.3], [0.4, 0.8]] as const) await page.mouse.click(picture.x + picture.width * x, picture.y + picture.height * y);
  await page.keyboard.press('Escape');
  await expect(page.locator('svg circle.corner')).toHaveCount(3);
  await page.getByLabel('What do you see?').focus();
  await page.keyboard.press('Enter');
  const card = page.getByRole('listitem').filter({ hasText: 'A roof with three corners' });
  await expect(card).toContainText('region drawn on frame 30');
  await expect(page.locator('svg polygon.recorded')).toHaveCount(1);
  await expect(page.locator('svg circle.corner')).toHaveCount(0);

  // The same by keyboard alone, on another frame.
  await page.locator('body').click({ position: { x: 1, y: 300 } });
  await page.keyboard.press('.');
  await workbench.showsFrame(31);
  await page.keyboard.press('n');
  await page.keyboard.type('The roof again');
  await workbench.tabTo(/^Shape$/);
  await page.keyboard.type('pol');
  await workbench.tabTo(/^Corners/);
  await page.keyboard.type('100,50 200,60 150,120');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('listitem').filter({ hasText: 'The roof again' })).toContainText('region drawn on frame 31');
  await expect(page.locator('svg polygon.recorded')).toHaveAttribute('points', '100,50 200,60 150,120');
});

test('a source is entered beside the picture by keyboard, and a claim names it', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFrame(1, 50);
  await workbench.tabTo(/^\+ Source$/);
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByLabel('Name', { exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: '+ Source' }).press('Enter');
  await page.keyboard.type('@roof_watch');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^S\d+ recorded\.$/)).toBeVisible();
  await page.getByRole('button', { name: '+ Claim' }).press('Enter');
  await page.keyboard.type('Seen from the roof');
  await page.getByText('More about it').click();
  const source = page.getByLabel('Source', { exact: true });
  const number = (await source.locator('option', { hasText: '@roof_watch' }).getAttribute('value')) ?? '';
  await source.selectOption(number);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Seen from the roof' })).toContainText(number);
});

test('a claim is recorded, and its status changed with a reason, by keyboard alone', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFrame(1, 50);
  await workbench.tabTo(/^\+ Claim$/);
  await page.keyboard.press('Enter');
  await page.keyboard.type('We were here that night');
  await page.keyboard.press('Enter');
  const card = page.getByRole('listitem').filter({ hasText: 'We were here that night' });
  await expect(card).toContainText('unverified');

  const standing = card.locator('summary').first();
  await standing.focus();
  await page.keyboard.press('Enter');
  await workbench.tabTo(/^New status$/);
  await page.keyboard.type('ref');
  await page.keyboard.press('Enter');
  await workbench.tabTo(/^Reason$/);
  await page.keyboard.press('Enter');
  await expect(card.getByRole('alert')).toHaveText('A status changes only with a reason or evidence.');
  await page.keyboard.type('The tower was not yet built');
  await page.keyboard.press('Enter');
  await expect(standing).toContainText('refuted');
  await expect(card).toContainText('The tower was not yet built');
});

test('assessments stand side by side; a revision keeps the earlier one in sight', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFrame(1, 50);
  await workbench.tabTo(/^\+ Assessment$/);
  await page.keyboard.press('Enter');
  await page.keyboard.type('State');
  await workbench.tabTo(/^The hypothesis in a sentence$/);
  await page.keyboard.type('The lights were added later');
  await workbench.tabTo(/^Likelihood$/);
  await page.keyboard.type('very u');
  await workbench.tabTo(/^Reasons$/);
  await page.keyboard.type('The reflections agree');
  await page.keyboard.press('Enter');
  const board = page.getByRole('article').filter({ hasText: 'The lights were added later' });
  await expect(board).toContainText('very unlikely');
  await expect(board).toContainText('desk');

  await workbench.tabTo(/^\+ Assessment$/);
  await page.keyboard.press('Enter');
  await page.getByLabel('Hypothesis', { exact: true }).selectOption({ label: await optionFor(workbench.page, 'The lights were added later') });
  await workbench.tabTo(/^Reasons$/);
  await page.keyboard.type('One reflection is missing');
  await expect(page.getByText(/^Revises A\d+/)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(board).toContainText('even chance');
  await expect(board).toContainText('Earlier judgements');
  await expect(board.locator('s')).toContainText('very unlikely');
});

test('dissent of the case is visible', async ({ workbench }) => {
  await workbench.openFrame(1, 50);
  const board = workbench.page.getByRole('article').filter({ hasText: 'The post is older footage' });
  await expect(board).toContainText('Assessors differ');
  await expect(board).toContainText('Mbeki');
  await expect(board).toContainText('Lindqvist');
  await expect(board.locator('s')).toContainText('even chance');
});

test('what is typed survives a reload', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFrame(1, 60);
  await page.keyboard.press('n');
  await page.keyboard.type('Half a sentence');
  await page.reload();
  await workbench.showsFrame(60);
  await page.keyboard.press('n');
  await expect(page.getByLabel('What do you see?')).toHaveValue('Half a sentence');
  await page.keyboard.press('Escape');
});

test('a source is entered and its state recorded', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/sources');
  await page.getByLabel('Name', { exact: true }).fill('The Evening Paper');
  await page.getByLabel('Kind').selectOption('outlet');
  await page.getByLabel('Admiralty grade').selectOption('B');
  await page.getByRole('button', { name: 'Add source' }).click();
  const card = page.getByRole('article', { name: 'The Evening Paper' });
  await expect(card).toContainText('outlet');
  await card.getByText('Record its state').click();
  await card.getByLabel('State').selectOption('live');
  await card.getByLabel('Seen on').fill('2026-05-03');
  await card.getByRole('button', { name: 'Record state' }).click();
  await expect(card.getByRole('listitem').filter({ hasText: 'live' })).toContainText('2026-05-03');

  await card.getByText('Grade it').click();
  await card.getByLabel('Reliability').selectOption('D');
  await card.getByLabel('Why').fill('Two of its films were older');
  await card.getByRole('button', { name: 'Record the grade' }).click();
  await expect(card.getByRole('listitem').filter({ hasText: 'Two of its films were older' })).toContainText('desk');
  await card.getByText('Add another name').click();
  await card.getByLabel('Other name').fill('The Night Paper');
  await card.getByLabel('Until').first().fill('2026-04');
  await card.getByRole('button', { name: 'Record the name' }).click();
  await expect(card.getByRole('listitem').filter({ hasText: 'The Night Paper' })).toContainText('until 2026-04');
});

test('a series says which release is missing', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/sources');
  await page.getByText('Add a series').click();
  await page.getByLabel('Title of the series').fill('Harbour at dawn');
  await page.getByRole('button', { name: 'Add series' }).click();
  const card = page.getByRole('article', { name: 'Harbour at dawn' });
  await card.getByText('Give an item its place').click();
  await card.getByLabel('Number of the item').fill('1');
  await card.getByLabel('Which release, from 1').fill('2');
  await card.getByRole('button', { name: 'Record the place' }).click();
  await expect(card).toContainText('Not in the case: 1');
  await expect(card.getByRole('link', { name: '#1' })).toHaveAttribute('href', '#/items/1');
});

async function optionFor(page: import('@playwright/test').Page, text: string): Promise<string> {
  return (await page.getByRole('option').filter({ hasText: text }).first().textContent()) ?? '';
}

import { passesAxe } from './axe.ts';
import { expect, test } from './page.ts';
import { run, withCase } from './program.ts';

test('cells of the board are read and set, and what follows from them is told', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/hypotheses');
  const table = page.getByRole('region', { name: 'Hypotheses against evidence' });
  await expect(table.getByRole('row').filter({ hasText: 'M1' })).toContainText('CC');
  await page.getByLabel('Add evidence').fill('O1');
  await page.keyboard.press('Enter');
  await table.getByRole('button', { name: /^Rate O1 against H1:/ }).click();
  await page.getByLabel('Bearing').selectOption('II');
  await page.getByRole('button', { name: 'Save rating' }).click();
  await expect(page.getByRole('alert')).toHaveText('A rating needs a reason.');
  await page.getByLabel('Reason').fill('other towers');
  await page.keyboard.press('Enter');
  const row = table.getByRole('row').filter({ hasText: 'O1' });
  await expect(row).toContainText('II');
  await expect(row).toContainText('The picture goes to other towers here');
  const analysis = page.getByRole('article', { name: 'By the ratings of desk' });
  await expect(analysis.getByRole('listitem').filter({ hasText: 'H1' })).toContainText('inconsistency 2');

  await table.getByRole('button', { name: /^Rate O1 against H1:/ }).click();
  await expect(page.getByLabel('Bearing')).toHaveValue('II');
  await page.getByLabel('Bearing').selectOption('C');
  await page.getByLabel('Reason').fill('looked again');
  await page.keyboard.press('Enter');
  await row.getByText('Earlier ratings').click();
  await expect(row.locator('s')).toHaveText('II');
  await expect(row).toContainText('other towers');
});

test('each item has a board of its own, on which explanations are stated and evidence is looked up', async ({ workbench }) => {
  const { page } = workbench;
  await withCase(['odd/rotated.mp4', 'odd/anamorphic.mp4'], async (served, folder) => {
    for (let no = 1; no <= 7; no += 1) run(folder, 'hypothesis', 'add', `Reason ${no}`, '--item', '#1');
    for (let no = 8; no <= 13; no += 1) run(folder, 'hypothesis', 'add', `Reason ${no}`, '--item', '#2');
    run(folder, 'observe', '#2', 'A hand at the edge of the picture', '--frame', '4');
    await workbench.open('#/hypotheses', served.address);
    const boards = page.getByRole('navigation', { name: 'What is explained' });
    const table = page.getByRole('region', { name: 'Hypotheses against evidence' });
    await expect(boards.getByRole('link')).toHaveText([/#2 .* 6/, /#1 .* 7/]);
    await expect(page.getByText('Choose what is to be explained.')).toBeVisible();
    await expect(table).toHaveCount(0);
    await passesAxe(workbench, 'boards to choose from');
    await workbench.tabTo(/^#2 /);
    await page.keyboard.press('Enter');
    await expect(boards.getByRole('link', { name: /#2 / })).toHaveAttribute('aria-current', 'page');
    await expect(table.getByRole('columnheader')).toHaveCount(7);

    // Evidence is found by its words, and by nothing that is no evidence.
    const evidence = page.getByLabel('Add evidence');
    await evidence.fill('nothing such');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toContainText('Nothing recorded has these words.');
    await evidence.fill('hand edge');
    await expect(page.locator('datalist option')).toHaveText(['A hand at the edge of the picture']);
    await page.keyboard.press('Enter');
    await expect(table.getByRole('row').filter({ hasText: 'A hand at the edge' })).toBeVisible();

    // A rating that is being written outlives a reload.
    await table.getByRole('button', { name: /^Rate O1 against H8:/ }).click();
    await page.getByLabel('Bearing').selectOption('I');
    await page.getByLabel('Reason').fill('no hand was planned');
    await page.reload();
    await evidence.fill('O1');
    await page.keyboard.press('Enter');
    await table.getByRole('button', { name: /^Rate O1 against H8:/ }).click();
    await expect(page.getByLabel('Bearing')).toHaveValue('I');
    await expect(page.getByLabel('Reason')).toHaveValue('no hand was planned');
    await page.getByRole('button', { name: 'Save rating' }).click();
    await expect(table.getByRole('row').filter({ hasText: 'O1' })).toContainText('I');

    await workbench.unfold(/^State an explanation$/);
    await page.getByLabel('Explanation, in a sentence').fill('It was staged');
    await expect(page.getByLabel('Item that it explains')).toHaveValue('#2');
    await page.keyboard.press('Enter');
    await expect(table.getByRole('columnheader', { name: /It was staged/ })).toBeVisible();
    await passesAxe(workbench, 'a board of one item');

    // From the evidence to its frame, and back to the same board.
    await table.getByRole('link', { name: 'O1' }).click();
    await workbench.showsFrame(4);
    await page.goBack();
    await expect(table.getByRole('columnheader')).toHaveCount(8);
  });
});

import { passesAxe } from './axe.ts';
import { expect, test } from './page.ts';
import { run, withCase } from './program.ts';

test('frames, a finding and a source are cited by keyboard, and both ends say so', async ({ workbench }) => {
  const { page } = workbench;
  await withCase(['clips/city-repost.mp4'], async (served, folder) => {
    run(folder, 'source', 'add', '@rooftop_71');
    await workbench.open('#/items/1?frame=40', served.address);
    await workbench.showsFrame(40);
    await page.keyboard.press('n');
    await page.keyboard.type('The tower is another one');
    await workbench.unfold(/^Cite something$/);
    await workbench.tabTo(/^F:#1:1 /);
    await page.keyboard.press('Space');
    await workbench.tabTo(/^Cite #1#frame=40$/);
    await page.keyboard.press('Enter');
    await workbench.tabTo(/^Another address$/);
    await page.keyboard.type('S1');
    await page.keyboard.press('Enter');
    await expect(page.getByLabel('S1', { exact: true })).toBeChecked();
    await passesAxe(workbench, 'citing');
    await page.getByLabel('What do you see?').focus();
    await page.keyboard.press('Enter');

    const card = page.getByRole('listitem').filter({ hasText: 'The tower is another one' });
    await expect(card).toContainText('Cites F:#1:1, #1#frame=40, S1');
    const places = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Cited by its address' }) });
    await expect(places.getByRole('listitem')).toContainText('#1#frame=40');
    await expect(places.getByRole('link', { name: 'O1' })).toBeVisible();
    await passesAxe(workbench, 'what cites and is cited');
    await page.getByRole('tab', { name: 'Findings' }).click();
    await expect(page.getByRole('tabpanel').getByRole('listitem').first()).toContainText('Cited by O1');
    await page.getByRole('link', { name: 'O1' }).first().click();
    await workbench.showsFrame(40);

    await workbench.goTo('#/sources');
    await page.getByRole('link', { name: 'What refers to it' }).click();
    await expect(page.getByText('The tower is another one')).toBeVisible();

    // What is cited is not taken back.
    await workbench.goTo('#/journal');
    const row = page.getByRole('row').filter({ hasText: 'source.named' });
    await row.locator('summary').click();
    await row.getByRole('button', { name: /^Undo entry/ }).click();
    await row.getByLabel('Why it is taken back').fill('a slip');
    await page.keyboard.press('Enter');
    await expect(row).toContainText('S1 cannot be withdrawn: O1 rests on it');
  });
  // The browser itself reports the refusal, which is what was asked for here.
  workbench.complaints.splice(0, Infinity, ...workbench.complaints.filter((text) => !text.includes('409')));
});

import { passesAxe } from './axe.ts';
import { expect, test } from './page.ts';
import { run, withCase } from './program.ts';

test('a date and a place are recorded with what they rest on, and revised, by keyboard', async ({ workbench }) => {
  const { page } = workbench;
  await withCase(['odd/rotated.mp4'], async (served, folder) => {
    run(folder, 'claim', 'add', '#1', 'This was in May');
    await workbench.open('#/items/1', served.address);
    await workbench.showsFrame(0);
    await workbench.unfold(/^Add a date$/);
    await workbench.tabTo(/^When$/);
    await page.keyboard.type('in May');
    await workbench.tabTo(/^Its number$/);
    await page.keyboard.type('C1');
    await workbench.tabTo(/^Why$/);
    await page.keyboard.type('as the caption says');
    await passesAxe(workbench, 'recording a date');
    await page.keyboard.press('Enter');
    const form = page.locator('details[open]').filter({ hasText: 'Add a date' });
    await expect(form.getByText('which is no date or time')).toBeVisible();
    await form.getByLabel('When', { exact: true }).fill('2026-05');
    await page.keyboard.press('Enter');
    const date = page.getByRole('listitem').filter({ hasText: 'as the caption says' });
    await expect(date).toContainText('2026-05');
    await expect(date).toContainText('rests on a claim C1');

    await form.getByLabel('When', { exact: true }).fill('2026-05-03');
    await form.getByLabel('Its number').fill('C1');
    await form.getByLabel('Revises').selectOption({ label: 'D1 2026-05' });
    await form.getByLabel('Why', { exact: true }).fill('the market was on a Sunday');
    await page.keyboard.press('Enter');
    await expect(date).toContainText('superseded by D2');

    await workbench.unfold(/^Add a place$/);
    await workbench.tabTo(/^What the place is called$/);
    await page.keyboard.type('Market square');
    await workbench.tabTo(/^Latitude, longitude$/);
    await page.keyboard.type('50.6412, 29.9231');
    await workbench.tabTo(/^Within \(metres\)$/);
    await page.keyboard.type('50');
    await workbench.tabTo(/^Its number$/);
    await page.keyboard.type('C1');
    await workbench.tabTo(/^Why$/);
    await page.keyboard.type('the church behind');
    await page.keyboard.press('Enter');
    const place = page.getByRole('listitem').filter({ hasText: 'the church behind' });
    await expect(place).toContainText('Market square');
    await expect(place).toContainText('within 50 m');
    // The claim says what rests on it.
    await expect(page.getByRole('listitem').filter({ hasText: 'This was in May' }).first()).toContainText('Cited by D2, L1');
    await passesAxe(workbench, 'dates and places');
  });
  // The browser itself reports the refused date, which is what was asked for here.
  workbench.complaints.splice(0, Infinity, ...workbench.complaints.filter((text) => !text.includes('422')));
});

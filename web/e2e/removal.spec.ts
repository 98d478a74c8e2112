import { passesAxe } from './axe.ts';
import { expect, test } from './page.ts';
import { run, withCase } from './program.ts';

test('an item in use says what cites it; freed, its bytes are erased and a tombstone stands', async ({ workbench }) => {
  const { page } = workbench;
  await withCase(['odd/rotated.mp4', 'clips/city-repost.mp4'], async (served, folder) => {
    run(folder, 'observe', '#2', 'The same lamp', '--frame', '3', '--cites', '#1#frame=2');
    await workbench.open('#/items/1', served.address);
    await workbench.showsFrame(0);
    await workbench.tabTo(/^Remove…$/);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('It is in use and cannot be removed.');
    await expect(dialog).toContainText('O1 cites it:');
    await passesAxe(workbench, 'what stands in the way of a removal');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();

    const entry = JSON.parse(run(folder, 'show', 'O1', '--json').toString()).entry as number;
    run(folder, 'undo', String(entry), '--reason', 'to free the item');
    await page.getByRole('button', { name: 'Remove…' }).focus();
    await page.keyboard.press('Enter');
    await expect(dialog).toContainText('The bytes are erased and cannot be brought back.');
    await passesAxe(workbench, 'removing an item');
    await workbench.tabTo(/^What for$/);
    await page.keyboard.type('Saf');
    await workbench.tabTo(/^Why$/);
    await page.keyboard.type('A witness can be recognised.');
    await workbench.tabTo(/^Type #1 to confirm$/);
    await page.keyboard.type('#2');
    await page.keyboard.press('Enter');
    await expect(dialog.getByRole('alert')).toHaveText('Say why, and type the number of the item.');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('#1');
    await page.keyboard.press('Enter');

    const tombstone = page.getByRole('region', { name: 'Removed' });
    await expect(tombstone).toContainText('A witness can be recognised.');
    await expect(tombstone).toContainText('Safety: keeping it endangers somebody');
    await expect(tombstone.locator('code')).toHaveCount(2);
    await expect(page.locator('canvas:not(.veil)')).toHaveCount(0);
    await passesAxe(workbench, 'tombstone');
    await tombstone.getByRole('link', { name: /^Tombstone: entry \d+$/ }).click();
    await expect(page.getByRole('row').filter({ hasText: 'item.removed' })).toContainText('A witness can be recognised.');
    await workbench.goTo('#/');
    await expect(page.getByText('Removed').first()).toBeVisible();
  });
});

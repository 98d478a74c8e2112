import { passesAxe } from './axe.ts';
import { expect, test } from './page.ts';

test('an act is given another key by keyboard alone: it is told, shown, kept, and taken back', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFrame(1, 30);
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  await passesAxe(workbench, 'the list of keys');
  const row = dialog.getByRole('listitem').filter({ hasText: 'one frame on' });
  await expect(row).toContainText('.');
  await workbench.tabTo(/^Change the key: one frame on$/);
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('status')).toHaveText('Press a key. Escape leaves it as it is.');
  await passesAxe(workbench, 'waiting for a key');

  // Escape leaves the key, and the list open.
  await page.keyboard.press('Escape');
  await expect(row).toContainText('.');
  await expect(dialog).toBeVisible();

  await expect(page.getByRole('button', { name: 'Change the key: one frame on' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('w');
  await expect(dialog.getByRole('status')).toHaveText('W: one frame on');
  await expect(row.locator('kbd')).toHaveText(['W']);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await page.keyboard.press('w');
  await workbench.showsFrame(31);
  await page.keyboard.press('.');
  await workbench.showsFrame(31);
  await expect(page.getByRole('button', { name: 'One frame on' })).toHaveAttribute('title', 'One frame on (W)');

  await expect(page).toHaveURL(/frame=31$/);
  await page.reload();
  await workbench.showsFrame(31);
  await page.keyboard.press('Shift+W');
  await workbench.showsFrame(32);
  await page.keyboard.press('?');
  await page.getByRole('button', { name: 'Back to the usual keys' }).press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('.');
  await workbench.showsFrame(33);
});

test('a key that is taken is told, and changes hands only when it is asked for', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.openFrame(1, 30);
  await page.getByRole('button', { name: 'Keys' }).click();
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  const change = (what: string) => dialog.getByRole('button', { name: `Change the key: ${what}` });
  await change('note what you see here').click();
  await page.keyboard.press('v');
  await expect(dialog.getByRole('status')).toHaveText('V stands for “colour on or off”.');
  await dialog.getByRole('button', { name: 'Leave it' }).click();
  await expect(dialog.getByRole('listitem').filter({ hasText: 'note what you see here' }).locator('kbd')).toHaveText(['N']);

  await change('note what you see here').click();
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('status')).toHaveText('Enter must go on doing what it does everywhere.');
  await page.keyboard.press('v');
  await dialog.getByRole('button', { name: 'Take it from there' }).click();
  await expect(dialog.getByRole('listitem').filter({ hasText: 'note what you see here' }).locator('kbd')).toHaveText(['V']);
  await expect(dialog.getByRole('listitem').filter({ hasText: 'colour on or off' })).toContainText('none');
  await page.keyboard.press('Escape');
  // The button has no key to show, and works.
  await expect(page.getByRole('button', { name: 'Show colour' }).locator('kbd')).toHaveCount(0);
  await page.keyboard.press('v');
  await expect(page.getByLabel('What do you see?')).toBeFocused();
});

test('keys and buttons go from mark to mark', async ({ workbench }) => {
  const { page } = workbench;
  // An observation begins at frame 75; the shot and the match begin at the first.
  await workbench.openFrame(1, 76);
  await page.keyboard.press('s');
  await workbench.showsFrame(75);
  await page.keyboard.press('s');
  await workbench.showsFrame(0);
  await page.keyboard.press('d');
  await workbench.showsFrame(75);
  await page.getByRole('button', { name: 'Mark before' }).click();
  await workbench.showsFrame(0);
  await page.getByRole('button', { name: 'Mark after' }).click();
  await workbench.showsFrame(75);
  // The marks of a span count too.
  await page.keyboard.press('.');
  await workbench.showsFrame(76);
  await page.keyboard.press('i');
  await page.keyboard.press('s');
  await workbench.showsFrame(75);
  await page.keyboard.press('d');
  await workbench.showsFrame(76);
});

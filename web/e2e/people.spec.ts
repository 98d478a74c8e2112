import { passesAxe } from './axe.ts';
import { expect, test } from './page.ts';
import { withCase } from './program.ts';

test('somebody who appears is entered, protected and identified, by keyboard', async ({ workbench }) => {
  const { page } = workbench;
  await withCase(['odd/rotated.mp4'], async (served) => {
    await workbench.open('#/items/1?frame=3', served.address);
    await workbench.showsFrame(3);
    await workbench.unfold(/^Somebody appears here$/);
    await workbench.tabTo(/^What tells the person apart/);
    await page.keyboard.type('boy in a striped shirt');
    await workbench.tabTo(/^minor$/);
    await page.keyboard.press('Space');
    await passesAxe(workbench, 'entering a person');
    await workbench.tabTo(/^Record$/);
    await page.keyboard.press('Enter');
    const card = page.getByRole('listitem').filter({ hasText: 'boy in a striped shirt' }).first();
    await expect(card).toContainText('P1');
    await expect(card).toContainText('protected: minor');
    await expect(card).toContainText('identity not known');
    await expect(card.getByRole('button', { name: 'Go to frame 3' })).toBeVisible();

    await card.getByText('Protect P1, or not').focus();
    await page.keyboard.press('Enter');
    await workbench.tabTo(/^witness$/);
    await page.keyboard.press('Space');
    await workbench.tabTo(/^Reason for it$/);
    await page.keyboard.type('saw who fired');
    await page.keyboard.press('Enter');
    await expect(card).toContainText('protected: minor, witness');
    await card.getByText('Say who P1 is').focus();
    await page.keyboard.press('Enter');
    await expect(card.getByLabel('Identity')).toHaveValue('withheld');
    await workbench.tabTo(/^Reason for it$/);
    await page.keyboard.type('his mother asked');
    await page.keyboard.press('Enter');
    await expect(card).toContainText('identity withheld');
    await passesAxe(workbench, 'a person who is protected');
  });
});

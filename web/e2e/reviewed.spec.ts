import { passesAxe } from './axe.ts';
import { expect, test } from './page.ts';
import { run, withCase } from './program.ts';

test('codes that contradict are refused in one review, and told between reviewers', async ({ workbench }) => {
  const { page } = workbench;
  await withCase(['odd/rotated.mp4'], async (served, folder) => {
    run(folder, 'media-review', '#1', '--code', 'OriginalMediaContent', '--reasons', 'no edit found', '--by', 'Mbeki');
    await workbench.open('#/items/1', served.address);
    await workbench.showsFrame(0);
    await workbench.unfold(/^\+ Review$/);
    await workbench.tabTo(/^Original: no sign/);
    await page.keyboard.press('Space');
    await workbench.tabTo(/^Transformed:/);
    await page.keyboard.press('Space');
    const clash = page.getByRole('alert').filter({ hasText: 'contradict each other' });
    await expect(clash).toBeVisible();
    await passesAxe(workbench, 'codes that contradict');
    await page.getByLabel('Original: no sign').uncheck();
    await expect(clash).toBeHidden();
    await workbench.tabTo(/^Reasons$/);
    await page.keyboard.type('The sky was replaced');
    await page.keyboard.press('Enter');
    const card = page.getByRole('listitem').filter({ hasText: 'The sky was replaced' });
    await expect(card).toContainText('cannot hold together with V1');
    await expect(page.getByRole('listitem').filter({ hasText: 'no edit found' })).toContainText('cannot hold together with V2');
    await passesAxe(workbench, 'reviews that differ');
  });
});

import { passesAxe } from './axe.ts';
import { expect, test } from './page.ts';
import { run, withCase } from './program.ts';

test('a saved page is kept as proof of a state, and saved again as it was', async ({ workbench }) => {
  const { page } = workbench;
  await withCase(['odd/rotated.mp4'], async (served, folder) => {
    run(folder, 'source', 'add', '@rooftop_71');
    await workbench.open('#/sources', served.address);
    const card = page.getByRole('article', { name: '@rooftop_71' });
    await workbench.unfold(/^Record its state$/);
    await card.getByLabel('State', { exact: true }).selectOption('suspended');
    const saved = Buffer.from('<script>alert(1)</script>');
    const files = card.getByLabel('Files that show it (kept in the case)');
    await files.setInputFiles({ name: 'profile.html', mimeType: 'text/html', buffer: saved });
    await passesAxe(workbench, 'a state with a file');
    await card.getByRole('button', { name: 'Record state' }).click();
    const link = card.getByRole('link', { name: 'profile.html' });
    await expect(link).toBeVisible();
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toBe('profile.html');
    const written = run(folder, 'source', 'proof', 'S1', 'profile.html', '-o', '-');
    expect(written.equals(saved)).toBe(true);
  });
});

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { passesAxe } from './axe.ts';
import { looks } from './looks.ts';
import { expect, test, type Workbench } from './page.ts';
import { program, run, withCase } from './program.ts';

/** Runs as somebody else than the desk. */
const runAs = (actor: string, folder: string, ...args: string[]) =>
  execFileSync(program(), ['--quiet', '--actor', actor, '--case', folder, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });

/** A claim that rests on a source, a mask nobody looked at, and a second item that stays. */
function record(folder: string): void {
  run(folder, 'source', 'add', '@rooftop_71', '--url', 'https://example.org/@rooftop_71');
  run(folder, 'claim', 'add', '#1', 'Filmed from our roof', '--source', 'S1', '--frame', '3');
  run(folder, 'observe', '#1', 'A lamp in the second window', '--frame', '5');
  run(folder, 'observe', '#2', 'Stays in the case', '--frame', '1');
  run(folder, 'mask', 'draw', '#1', '--frame', '5', '--region', '10,10,40,40', '--reason', 'her face');
}

const report = (page: Page) => page.frameLocator('iframe');

// What these tests add to every document is refused by the frame as any script is, and the browser says so.
test.afterEach(({ workbench }) => {
  const others = workbench.complaints.filter((text) => !text.startsWith('Blocked script execution in'));
  workbench.complaints.splice(0, Infinity, ...others);
});

async function draftByKeyboard(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  await workbench.tabTo(/^#1 rotated\.mp4$/);
  await page.keyboard.press('Space');
  await workbench.tabTo(/^What of #1 may leave/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('checkbox', { name: /^C1 / })).toBeVisible();
  await workbench.tabTo(/^C1 Filmed from our roof$/);
  await page.keyboard.press('Space');
  await workbench.tabTo(/^Frames, by number$/);
  await page.keyboard.type('2-1');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('Give a frame such as 37, or a span such as 37-52.');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('4');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('checkbox', { name: '#1#frame=4' })).toBeChecked();
  await workbench.tabTo(/^Title$/);
  await page.keyboard.type('The roof');
  await workbench.tabTo(/^What was asked$/);
  await page.keyboard.type('Whose roof is it?');
  await workbench.tabTo(/^Draft it$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('Select something first, and give it a title and a summary.');
  await page.getByLabel('Summary').focus();
  await page.keyboard.type('Older than was said.');
  await workbench.tabTo(/^Draft it$/);
  await page.keyboard.press('Enter');
}

for (const scheme of ['light', 'dark'] as const) {
  test.describe(`in ${scheme}`, () => {
    test.use({ colorScheme: scheme });

    test('what may leave is ticked, looked at, resolved, read and sealed, by keyboard', async ({ workbench }) => {
      const { page } = workbench;
      await withCase(['odd/rotated.mp4', 'odd/anamorphic.mp4'], async (served, folder) => {
        record(folder);
        await workbench.open('#/publish', served.address);
        await expect(page.getByText('Nothing has been drafted.')).toBeVisible();
        await passesAxe(workbench, 'no publication');
        await workbench.tabTo(/^New publication$/);
        await page.keyboard.press('Enter');
        await draftByKeyboard(workbench);
        await expect(page).toHaveURL(/#\/publish\/B1$/);

        const refused = page.getByRole('region', { name: /keep it from leaving$|keeps it from leaving$/ });
        await expect(refused).toContainText('C1 names S1, which is not published');
        await expect(refused.getByRole('link', { name: 'Mention S1' })).toBeVisible();
        await expect(refused).toContainText('nobody has confirmed X1');
        await expect(report(page).getByRole('heading', { level: 1 })).toHaveText('The roof');
        await expect(report(page).getByRole('heading', { level: 2 }).first()).toHaveText('What was asked');
        await expect(report(page).getByText('Whose roof is it?')).toBeVisible();
        await passesAxe(workbench, 'a draft that is refused');
        await expect(page.getByRole('button', { name: 'Seal and download' })).toBeDisabled();
        await refused.getByRole('link', { name: 'Open the masks' }).press('Enter');
        await expect(page).toHaveURL(/#\/items\/1/);
        run(folder, 'mask', 'confirm', 'X1');
        await page.goBack();
        await page.goto(page.url().replace(/#.*/, '#/publish/B1'));
        await expect(refused).not.toContainText('X1');

        await refused.getByRole('link', { name: 'Draft anew with it selected' }).press('Enter');
        await expect(page.getByRole('heading', { level: 1 })).toHaveText('A new draft of B1');
        await expect(page.getByRole('checkbox', { name: 'S1 @rooftop_71' })).toBeChecked();
        await passesAxe(workbench, 'a new draft');
        await workbench.tabTo(/^Draft it$/);
        await page.keyboard.press('Enter');
        await expect(page).toHaveURL(/#\/publish\/B2$/);
        await expect(page.getByRole('heading', { name: 'Nothing but a reader’s word keeps it from leaving.' })).toBeVisible();

        // What stays is told by number, and each file that leaves by its hash.
        await page.getByRole('tab', { name: /^Report/ }).focus();
        await page.keyboard.press('ArrowRight');
        const row = page.getByRole('row').filter({ hasText: 'data/report-item-1.html' });
        await expect(row).toBeVisible();
        await passesAxe(workbench, 'files that leave');
        await page.keyboard.press('ArrowRight');
        await expect(page.getByText('O1–2', { exact: true })).toBeVisible();
        await expect(page.getByText('#2', { exact: true })).toBeVisible();
        await passesAxe(workbench, 'what stays');

        // Somebody else signs here from now on: who drafted it cannot approve it.
        runAs('Ben', folder, 'tag', 'add', '#1', 'roof');
        await page.reload();
        const reading = page.getByRole('region', { name: 'Read it' });
        await expect(reading).toContainText('It can be approved by Ben.');
        await expect(reading.getByRole('radio', { name: 'It may leave' })).toBeDisabled();
        await workbench.tabTo(/^Record the review$/);
        await page.keyboard.press('Enter');
        await expect(reading.getByRole('alert')).toHaveText('Say in the note why it may not leave.');
        runAs('Ben', folder, 'publish', 'review', 'B2', '--approve');
        await page.reload();
        await expect(reading).toContainText('Ben approves');
        await passesAxe(workbench, 'a draft that was read');

        const download = page.waitForEvent('download');
        await workbench.tabTo(/^Seal and download$/);
        await page.keyboard.press('Enter');
        const archive = await (await download).path();
        const sealing = page.getByRole('region', { name: 'Seal it' });
        await expect(sealing).toContainText('Sealed by desk');
        await passesAxe(workbench, 'a sealed publication');
        const into = mkdtempSync(join(tmpdir(), 'framewitness-bundle-'));
        execFileSync('tar', ['-xf', archive, '-C', into]);
        const bundle = join(into, 'publication-B2');
        execFileSync('sha256sum', ['--quiet', '-c', 'manifest-sha256.txt'], { cwd: bundle });
        const tags = createHash('sha256').update(readFileSync(join(bundle, 'tagmanifest-sha256.txt'))).digest('hex');
        await expect(sealing).toContainText(tags);

        // The same again, for one reader alone.
        execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', join(into, 'friend')]);
        await workbench.unfold(/^Encrypt it…$/);
        await workbench.tabTo(/^Who can open it, one a line$/);
        await page.keyboard.type(readFileSync(join(into, 'friend.pub'), 'utf8').trim());
        await passesAxe(workbench, 'for whom a bundle is');
        const locked = page.waitForEvent('download');
        await workbench.tabTo(/^Download the bundle again$/);
        await page.keyboard.press('Enter');
        const sent = await locked;
        expect(sent.suggestedFilename()).toBe('publication-B2.tar.age');
        const opened = execFileSync('age', ['--decrypt', '-i', join(into, 'friend'), await sent.path()], { maxBuffer: 64 << 20 });
        expect(createHash('sha256').update(opened).digest('hex')).toBe(createHash('sha256').update(readFileSync(archive)).digest('hex'));
        await expect(sealing).toContainText('age --decrypt -i KEY publication-B2.tar.age | tar -x');
        rmSync(into, { recursive: true });
        await expect(page.getByRole('button', { name: 'Draft anew' })).toHaveCount(0);
      });
    });
  });
}

test('the pages that would leave run nothing, and their pictures are veiled until a reader lifts that', async ({ workbench }) => {
  const { page } = workbench;
  await withCase(['odd/rotated.mp4'], async (served, folder) => {
    run(folder, 'observe', '#1', '<img src=x onerror=alert(1)>', '--frame', '5');
    run(folder, 'publish', 'draft', '#1', 'O1', '--title', 'T', '--summary', 'S');
    await workbench.open('#/publish/B1', served.address);
    await expect(report(page).getByRole('heading', { level: 1 })).toHaveText('T');
    await page.getByRole('button', { name: '#1', exact: true }).click();
    const figure = report(page).locator('figure img').first();
    await expect(report(page).locator('script, [onerror]')).toHaveCount(0);
    const veiled = await looks(figure);
    expect(veiled.chroma).toBe(0);
    await report(page).getByLabel('sharp', { exact: true }).first().check();
    await expect(figure).toHaveCSS('filter', 'grayscale(1) blur(0px)');
    const sharp = await looks(figure);
    expect(sharp.chroma).toBe(0);
    expect(sharp.detail).toBeGreaterThan(veiled.detail);

    // The cover leads to it as well, and there it is veiled again.
    await page.getByRole('button', { name: 'Cover' }).click();
    await report(page).getByRole('link', { name: 'Item #1' }).click();
    await expect(figure).toHaveCSS('filter', /^grayscale\(1\) blur/);
    // A picture alone is veiled by the page.
    await page.getByRole('tab', { name: /^Files/ }).click();
    const saved = page.waitForEvent('download');
    await page.getByRole('link', { name: 'data/report.pdf' }).click();
    expect(readFileSync(await (await saved).path()).subarray(0, 5).toString()).toBe('%PDF-');
    await page.getByRole('button', { name: 'data/figures/item-1-frame-5.png' }).click();
    await expect(page.locator('iframe')).toHaveCSS('filter', 'grayscale(1) blur(14px)');
    await page.getByRole('button', { name: 'Lift the blur' }).click();
    await expect(page.locator('iframe')).toHaveCSS('filter', 'grayscale(1)');
    await expect(page.locator('iframe')).toHaveAttribute('sandbox', 'allow-same-origin');
  });
});

test('a bundle of another team is handed over, checked and told of', async ({ workbench }) => {
  const { page } = workbench;
  const into = mkdtempSync(join(tmpdir(), 'framewitness-theirs-'));
  await withCase(['odd/rotated.mp4'], async (_, folder) => {
    run(folder, 'observe', '#1', 'The crane stands', '--frame', '5');
    run(folder, 'publish', 'draft', '#1', 'O1', '--title', 'Quay', '--question', 'When?', '--summary', 'Older.', '--originals');
    run(folder, 'publish', 'review', 'B1', '--approve');
    run(folder, 'publish', 'seal', 'B1', '--out', join(into, 'bundle'));
    execFileSync('tar', ['-cf', join(into, 'theirs.tar'), '-C', into, 'bundle']);
    execFileSync('tar', ['-cf', join(into, 'cut.tar'), '-C', into, 'bundle/data', 'bundle/bagit.txt']);
  });
  await withCase(['odd/anamorphic.mp4'], async (served, folder) => {
    await workbench.open('#/publish', served.address);
    await workbench.unfold(/^Take in a bundle…$/);
    await workbench.tabTo(/^Check it and take it in$/);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toHaveText('Choose the archive first.');
    await passesAxe(workbench, 'a bundle to hand over');
    await page.getByLabel(/^Bundle/).setInputFiles(join(into, 'cut.tar'));
    await page.getByRole('button', { name: 'Check it and take it in' }).click();
    await expect(page.getByRole('alert')).toContainText(/; and \d+ more/);
    expect(workbench.complaints.splice(0).filter((complaint) => !complaint.includes('422'))).toEqual([]);
    // What is on its way says how much of it is, and can be called back.
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    const pace = (bytes: number) =>
      session.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: bytes });
    await pace(16 << 10);
    await page.getByLabel(/^Bundle/).setInputFiles(join(into, 'theirs.tar'));
    await page.getByRole('button', { name: 'Check it and take it in' }).click();
    const progress = page.getByRole('progressbar', { name: 'How much of theirs.tar is sent' });
    await expect.poll(() => progress.evaluate((bar) => (bar as HTMLProgressElement).value)).toBeGreaterThan(0);
    // It goes on while another screen is looked at.
    await page.getByRole('link', { name: 'Library' }).click();
    await page.goBack();
    await expect(progress).toBeVisible();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByText('Cancelled: nothing of it was taken.')).toBeVisible();
    await expect(progress).toHaveCount(0);
    expect(run(folder, 'received', 'list', '--json').toString()).toBe('');
    await pace(-1);
    await page.getByLabel(/^Bundle/).setInputFiles(join(into, 'theirs.tar'));
    await page.getByLabel('Where it was obtained').fill('https://example.org/b');
    await page.getByRole('button', { name: 'Check it and take it in' }).click();
    await expect(page.getByText('U1 came in: Quay')).toBeVisible();
    const card = page.getByRole('article', { name: 'Quay' });
    await expect(card).toContainText('obtained from https://example.org/b');
    await card.getByText('What they say').click();
    await expect(card).toContainText('Asked: When?');
    await expect(card.getByRole('link', { name: '#2', exact: true })).toHaveAttribute('href', '#/items/2');
    await card.getByRole('button', { name: 'Check U1 again' }).click();
    await expect(card).toContainText('Nothing is wrong with it.');
    await passesAxe(workbench, 'what came in');
    await page.goto(new URL('#/to/U1', page.url()).href);
    await expect(card).toBeVisible();
  });
  rmSync(into, { recursive: true });
});

test('a draft is withdrawn with a reason, and an earlier state shows it as it was', async ({ workbench }) => {
  const { page } = workbench;
  await withCase(['odd/rotated.mp4'], async (served, folder) => {
    run(folder, 'observe', '#1', 'A crane', '--frame', '5');
    run(folder, 'publish', 'draft', 'O1', '--title', 'Too early', '--summary', 'S');
    const drafted = Number((JSON.parse(run(folder, 'publish', 'show', 'B1', '--json').toString()) as { entry: number }).entry);
    await workbench.open('#/publish/B1', served.address);
    // Without its item nothing of it can be checked: a mention of the number resolves nothing.
    const refused = page.getByRole('region', { name: /keeps it from leaving$/ });
    await expect(refused).toContainText('O1 is of an item that is not published, #1');
    await expect(refused.getByRole('link', { name: 'Select #1 too' })).toBeVisible();
    await expect(refused.getByRole('link', { name: /^Mention/ })).toHaveCount(0);
    await workbench.unfold(/^Withdraw it…$/);
    await workbench.tabTo(/^Why it is withdrawn$/);
    await page.keyboard.type('a witness asked');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Withdrawn by desk: a witness asked')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Record the review' })).toHaveCount(0);
    await page.goto(new URL(`/?as_of=${drafted}#/publish`, page.url()).href);
    const card = page.getByRole('article', { name: 'Too early' });
    await expect(card).toContainText('draft');
    await expect(page.getByRole('link', { name: 'New publication' })).toHaveCount(0);
    await card.getByRole('link', { name: 'Too early' }).click();
    await expect(report(page).getByRole('heading', { level: 1 })).toHaveText('Too early');
    await expect(page.getByRole('button', { name: /Seal|Record|Withdraw/ })).toHaveCount(0);
  });
});

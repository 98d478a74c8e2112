import AxeBuilder from '@axe-core/playwright';
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test, type Workbench } from './page.ts';
import { fixture, init, program, run, type Served, serve, target } from './program.ts';

const READER = 'framewitness-credentials';
const DECODER = 'framewitness-decoder';
const TITLE = 'Content credentials (C2PA)';

let folder = '';
let served: Served;

/** A clip signed by a key that is thrown away, and the same with one byte of its pictures changed. */
function clips(built: string): string[] {
  const [signed, changed] = ['signed.mp4', 'changed.mp4'].map((name) => join(folder, '..', name)) as [string, string];
  execFileSync(join(built, 'examples', 'sign'), ['video/mp4', fixture('odd/rotated.mp4'), signed]);
  const bytes = readFileSync(signed);
  const at = bytes.indexOf('mdat') + 700;
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
  writeFileSync(changed, bytes);
  return [signed, changed];
}

/** Inspects the first two with the reader beside the decoder, as `make c2pa` leaves it, and the third without. */
function inspect(built: string): void {
  const programs = join(folder, '..', 'programs');
  mkdirSync(programs);
  copyFileSync(join(dirname(program()), DECODER), join(programs, DECODER));
  copyFileSync(join(built, READER), join(programs, READER));
  process.env['FRAMEWITNESS_DECODER'] = join(programs, DECODER);
  run(folder, 'inspect', '1', '2');
  rmSync(join(programs, READER));
  run(folder, 'inspect', '3');
  delete process.env['FRAMEWITNESS_DECODER'];
}

test.beforeAll(async () => {
  const built = join(target(), 'c2pa', 'debug');
  if (!existsSync(join(built, 'examples', 'sign'))) {
    throw new Error(`no reader of content credentials in ${built}: CONTRIBUTING says how it is built and tested`);
  }
  folder = join(mkdtempSync(join(tmpdir(), 'framewitness-credentials-')), 'case');
  init(folder, 'Signed');
  run(folder, 'add', ...clips(built), fixture('odd/rotated.mp4'));
  inspect(built);
  served = await serve(folder);
});
test.afterAll(async () => {
  await served.stop();
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

async function openStructure({ page }: Workbench) {
  await page.getByRole('tab', { name: 'Structure' }).click();
  await expect(page.getByRole('heading', { name: TITLE })).toBeVisible();
}

test('a signed file tells who signed, with which checks, and claims no trust', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/items/1', served.address);
  await openStructure(workbench);
  await expect(page.getByText('no list of trusted signers was consulted')).toBeVisible();
  await expect(page.getByRole('definition').filter({ hasText: /^desk\.invalid$/ })).toBeVisible();
  await expect(page.getByRole('definition').filter({ hasText: 'c2pa.created, Test Camera' })).toBeVisible();
  await expect(page.getByRole('term').filter({ hasText: 'claimSignature.validated' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Checks that failed' })).toBeHidden();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
});

test('a changed byte is named by the code of the check that failed', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/items/2', served.address);
  await openStructure(workbench);
  await expect(page.getByRole('heading', { name: 'Checks that failed' })).toBeVisible();
  await expect(page.getByRole('term').filter({ hasText: 'assertion.bmffHash.mismatch' })).toBeVisible();
  await page.getByRole('tab', { name: 'Findings' }).click();
  await expect(page.getByText('checks of them failed: assertion.bmffHash.mismatch').first()).toBeVisible();
});

test('where nobody looked, the page says so, and what would', async ({ workbench }) => {
  const { page } = workbench;
  await workbench.open('#/items/3', served.address);
  await openStructure(workbench);
  await expect(page.getByText('Nobody looked')).toContainText('`make c2pa` builds it');
});

/** A page of the workbench under test: it fails on every console error and policy violation. */

import { test as base, expect, type Page } from '@playwright/test';

/** The workbench in a browser tab. */
export class Workbench {
  /** Everything that should not have happened. */
  readonly complaints: string[] = [];

  constructor(readonly page: Page) {
    page.on('pageerror', (error) => this.complaints.push(`page error: ${error.message}`));
    page.on('console', (message) => {
      // A stream of events ends with its server, of which the browser tells; and a test that stops its server may do
      // so between two requests of the page.
      const stream = message.location().url.endsWith('/api/events') && message.text().includes('net::ERR_');
      const ended = stream || message.text().includes('net::ERR_CONNECTION_REFUSED');
      if (message.type() === 'error' && !ended) this.complaints.push(message.text());
    });
  }

  /** Signs in with the printed address and goes to `fragment`. */
  async open(fragment = '#/', address = process.env['ADDRESS'] ?? ''): Promise<void> {
    await this.page.goto(address);
    await expect(this.page.getByRole('heading', { level: 1, name: 'Library' })).toBeVisible();
    if (fragment !== '#/') await this.goTo(fragment);
  }

  /** Follows an address within the page. */
  async goTo(fragment: string): Promise<void> {
    await this.page.evaluate((to) => {
      location.hash = to;
    }, fragment);
  }

  /** Opens item `item` at frame `frame` and waits for its picture. */
  async openFrame(item: number, frame: number): Promise<void> {
    await this.open(`#/items/${item}?frame=${frame}`);
    await this.showsFrame(frame);
  }

  /** Waits until the canvas of pane `pane` holds frame `frame`. */
  async showsFrame(frame: number, pane = 0): Promise<void> {
    await expect(this.page.locator('canvas:not(.veil)').nth(pane)).toHaveAttribute('data-frame', String(frame));
  }

  /** SHA-256 of the RGB bytes on the canvas. */
  pixelHash(): Promise<string> {
    return this.page.evaluate(async () => {
      const canvas = document.querySelector('canvas');
      const context = canvas?.getContext('2d');
      if (!canvas || !context) throw new Error('there is no canvas');
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      const rgb = new Uint8Array((data.length / 4) * 3);
      for (let from = 0, to = 0; from < data.length; from += 4, to += 3) rgb.set(data.subarray(from, from + 3), to);
      const digest = await crypto.subtle.digest('SHA-256', rgb);
      return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
    });
  }

  /** Opens by keyboard what is folded behind `name`. */
  async unfold(name: RegExp): Promise<void> {
    await this.tabTo(name);
    await this.page.keyboard.press('Enter');
  }

  /** Moves the keyboard with Tab until the element named `name` has it. */
  async tabTo(name: RegExp): Promise<void> {
    for (let press = 0; press < 120; press += 1) {
      await this.page.keyboard.press('Tab');
      const here = await this.page.evaluate(() => {
        const at = document.activeElement;
        const labelled = at instanceof HTMLInputElement || at instanceof HTMLSelectElement || at instanceof HTMLTextAreaElement;
        const label = labelled ? at.labels?.[0]?.textContent : at?.textContent;
        return (at?.getAttribute('aria-label') ?? label ?? '').replace(/\s+/g, ' ').trim();
      });
      if (name.test(here)) return;
    }
    throw new Error(`Tab does not reach ${name}`);
  }
}

export const test = base.extend<{ workbench: Workbench }>({
  workbench: async ({ page }, use) => {
    await page.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) => {
        console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI}`);
      });
    });
    const workbench = new Workbench(page);
    await use(workbench);
    expect(workbench.complaints).toEqual([]);
  },
});

export { expect };

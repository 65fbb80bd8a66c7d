import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { type Frame, frameFile, type Sheet, sheetFile } from './plan.js';

/** The machine has two cores; each worker keeps one page. */
const WORKERS = 2;

interface Drawn {
  readonly height: number;
  readonly frames: readonly (Box & { readonly cardHeight: number; readonly faults: readonly string[] })[];
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One frame as it was drawn. */
export interface Look {
  readonly sheet: Sheet;
  readonly frame: Frame;
  readonly cardHeight: number;
  readonly faults: readonly string[];
}

/** Draws all sheets in Chromium, and writes a picture of each sheet and of each card in `folder`. */
export async function drawSheets(sheets: readonly Sheet[], folder: string): Promise<Look[]> {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium' });
  try {
    const queue = [...sheets.entries()];
    const looks: Look[][] = [];
    const work = async () => {
      const open = await openPage(browser);
      for (let next = queue.shift(); next; next = queue.shift()) {
        const [i, sheet] = next;
        looks[i] = await drawSheet(open, sheet, folder);
      }
    };
    await Promise.all(Array.from({ length: Math.min(WORKERS, sheets.length) }, work));
    return looks.flat();
  } finally {
    await browser.close();
  }
}

interface OpenPage {
  readonly page: Page;
  readonly devtools: CDPSession;
  /** What the console said since it was last read. */
  readonly errors: string[];
}

async function openPage(browser: Browser): Promise<OpenPage> {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(`console error on its sheet: ${message}`));
  page.on('console', (line) => {
    if (line.type() === 'error') errors.push(`console error on its sheet: ${line.text()}`);
  });
  // Nothing is fetched: a picture that is not in the card would depend on the network.
  await page.route(/^https?:/, (route) => route.abort());
  await page.setContent('<!doctype html><style id="theme"></style><main id="board"></main>');
  const find = createRequire(import.meta.url).resolve;
  await page.addScriptTag({ path: find('adaptivecards/dist/adaptivecards.min.js') });
  await page.addScriptTag({ path: find('axe-core/axe.min.js') });
  await page.addScriptTag({ content: await inPage() });
  return { page, devtools: await page.context().newCDPSession(page), errors };
}

async function inPage(): Promise<string> {
  const entry = join(import.meta.dirname, 'in-page/main.js');
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, format: 'iife' });
  return outputFiles[0]?.text ?? '';
}

async function drawSheet(
  { page, devtools, errors }: OpenPage,
  sheet: Sheet,
  folder: string,
): Promise<Look[]> {
  const width = sheet.columns * (sheet.width + 8) - 8;
  await page.setViewportSize({ width, height: 1000 });
  const drawn = await page.evaluate<Drawn>(`drawSheet(${JSON.stringify(sheet)})`);
  // Pictures of what is inside the viewport are several times faster than of what is beyond it.
  await page.setViewportSize({ width, height: drawn.height });
  await picture(devtools, join(folder, sheetFile(sheet)), { x: 0, y: 0, width, height: drawn.height });

  const looks: Look[] = [];
  const said = errors.splice(0);
  for (const [i, frame] of sheet.frames.entries()) {
    const box = drawn.frames[i];
    if (!box) throw new Error(`${frame.label} was not drawn`);
    await picture(devtools, join(folder, frameFile(frame, sheet)), box);
    // The console does not say which card it means: the first of the sheet bears it.
    const faults = i === 0 ? [...box.faults, ...said] : box.faults;
    looks.push({ sheet, frame, cardHeight: box.cardHeight, faults });
  }
  return looks;
}

async function picture(devtools: CDPSession, file: string, { x, y, width, height }: Box): Promise<void> {
  const { data } = await devtools.send('Page.captureScreenshot', {
    clip: { x, y, width, height, scale: 1 },
    optimizeForSpeed: true,
  });
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, Buffer.from(data, 'base64'));
}

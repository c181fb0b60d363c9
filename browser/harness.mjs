// What the scripts share: a browser, visits to the panel during which nothing
// may go wrong, and checks that hold for every page.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import { chromium } from 'playwright-core';

export const url = process.env.HOSTLEDGER_URL;
export const httpsURL = process.env.HOSTLEDGER_HTTPS_URL;
export const password = process.env.HOSTLEDGER_PASSWORD;

export const desktop = { width: 1280, height: 800 };
export const phone = { width: 390, height: 844 };

const patience = 10_000; // milliseconds for whatever is waited for

const screenshots = process.env.HOSTLEDGER_SCREENSHOTS; // a folder, or nothing for none
if (screenshots) mkdirSync(screenshots, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});

/** close ends the browser, and with it the script. */
export const close = () => browser.close();

/** test runs one test and reports it on a line of its own: "ok name" or "not ok name: why". */
export async function test(name, body) {
  try {
    await body();
    console.log(`ok ${name}`);
  } catch (problem) {
    const at = problem.stack?.match(/\w+\.test\.mjs:\d+/)?.[0] ?? '';
    console.log(`not ok ${name}: ${at} ${problem.message.replaceAll(/\s*\n\s*/g, ' | ')}`);
  }
}

/** holds fails a test unless a condition is met. */
export function holds(condition, expected) {
  if (!condition) throw new Error(`expected ${expected}`);
}

/** equals fails a test unless a value is the one that is wanted. */
export function equals(got, want, what) {
  holds(got === want, `${what} to be ${JSON.stringify(want)}, not ${JSON.stringify(got)}`);
}

/**
 * visit gives body a page in a browser of its own, of somebody with a login, or of a stranger. It fails if the page
 * logs an error, throws one, asks a host for anything that is neither its own nor the one elsewhere, or gets an answer
 * of a status from 400 up that is not among those expected. The other options are Playwright's for a context.
 */
export async function visit({ login, at = url, elsewhere, statuses = [], ...options }, body) {
  const context = await browser.newContext({
    baseURL: at, viewport: desktop, locale: 'en-US', timezoneId: 'UTC', reducedMotion: 'reduce', ignoreHTTPSErrors: true,
    storageState: login && await sessionOf(login, at), ...options,
  });
  try {
    const problems = await watch(context, at, statuses);
    if (elsewhere) await context.route(`${elsewhere}/**`, (route) => route.fulfill({ contentType: 'text/html', body: elsewhere }));
    const page = await context.newPage();
    await body(page, context);
    holds(problems.length === 0, `no problems, but there were: ${problems.join('; ')}`);
  } finally {
    await context.close();
  }
}

async function watch(context, at, statuses) {
  const problems = [];
  context.setDefaultTimeout(patience);
  context.on('console', (message) => {
    // Statuses are looked at below, with their address.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      problems.push(`console: ${message.text()}`);
    }
  });
  context.on('weberror', (error) => problems.push(`script: ${error.error()}`));
  context.on('requestfailed', (request) => {
    const { errorText } = request.failure();
    const isGivenUp = errorText === 'net::ERR_ABORTED'; // because the page was left, or a download began
    if (!isGivenUp) problems.push(`${request.url()}: ${errorText}`);
  });
  context.on('response', (response) => {
    if (response.status() >= 400 && !statuses.includes(response.status())) {
      problems.push(`${response.url()}: status ${response.status()}`);
    }
  });
  await context.route((to) => to.origin !== new URL(at).origin, (route) => route.abort());
  return problems;
}

const sessions = new Map();

/** sessionOf signs somebody in once and returns what the browser then keeps. */
function sessionOf(login, at) {
  const key = `${login} ${at}`;
  if (!sessions.has(key)) sessions.set(key, newSession(login, at));
  return sessions.get(key);
}

async function newSession(login, at) {
  let state;
  await visit({ at }, async (page, context) => {
    await signIn(page, login);
    state = await context.storageState();
  });
  return state;
}

/** textOf returns what is read at a place, with single spaces, whatever they are. */
export async function textOf(place) {
  return (await place.innerText()).replaceAll(/\s+/g, ' ');
}

/** tells fails a test unless a place has every one of the texts. */
export async function tells(place, ...texts) {
  const told = await textOf(place);
  for (const text of texts) holds(told.includes(text), `“${text}” in: ${told}`);
}

/** signIn fills in the form, as people do. */
export async function signIn(page, login, secret = password) {
  await page.goto('/login');
  await page.getByLabel('Login').fill(login);
  await page.getByLabel('Password').fill(secret);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((to) => to.pathname !== '/login');
}

/** api posts operators of a packet as the administrator and returns the answer, in which nothing may have failed. */
export async function api(operators) {
  const answer = await fetch(`${url}/enterprise/control/agent.php`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/xml', HTTP_AUTH_LOGIN: 'admin', HTTP_AUTH_PASSWD: password },
    body: `<packet>${operators}</packet>`,
  });
  const text = await answer.text();
  holds(!text.includes('<status>error</status>'), `a packet to be executed: ${text}`);
  return text;
}

const looks = [
  { name: 'desktop-light', viewport: desktop, colorScheme: 'light', isChecked: true },
  { name: 'phone-dark', viewport: phone, colorScheme: 'dark', isChecked: true },
  { name: 'desktop-dark', viewport: desktop, colorScheme: 'dark' },
  { name: 'phone-light', viewport: phone, colorScheme: 'light' },
];

/**
 * looksWell checks a page as it is, on a desktop in light and on a phone in dark: that everybody can use it and that
 * nothing sticks out, or for what else is given. Where pictures are wanted, it takes one in every look under the page's
 * name.
 */
export async function looksWell(page, name, flaws = everyFlaw) {
  const found = [];
  for (const look of looks.filter(({ isChecked }) => isChecked || screenshots)) {
    await page.setViewportSize(look.viewport);
    await page.emulateMedia({ colorScheme: look.colorScheme });
    await page.evaluate(() => new Promise((drawn) => { requestAnimationFrame(() => requestAnimationFrame(drawn)); }));
    await screenshot(page, `${name}-${look.name}`);
    if (look.isChecked) found.push(...(await flaws(page)).map((flaw) => `${look.name}: ${flaw}`));
  }
  holds(found.length === 0, `a page without flaws, but: ${found.join('; ')}`);
}

/** screenshot takes a picture of the whole page, where pictures are wanted. */
export async function screenshot(page, name) {
  if (screenshots) await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true });
}

const everyFlaw = async (page) => [...await accessibilityViolations(page), ...await sticksOut(page)];

const standard = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** accessibilityViolations returns what axe finds against WCAG 2.2 AA. */
async function accessibilityViolations(page) {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    (tags) => window.axe.run(document, { runOnly: tags, resultTypes: ['violations'] }), standard);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`));
}

/** sticksOut returns the elements because of which a page scrolls sideways. */
export function sticksOut(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
      .slice(0, 5)
      .map((element) => `<${element.localName} class="${element.className}"> sticks out`);
  });
}

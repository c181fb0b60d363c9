import { readFile } from 'node:fs/promises';
import { close, equals, holds, looksWell, phone, tells, test, visit } from './harness.mjs';
import { isClosed, walk } from './pages.mjs';

await walk('customer');

await test("another customer's subscription is closed", () => isClosed('jane', '/subscriptions/4'));

await test('the first page tells what is used, what it costs and when it renews', () => visit({ login: 'jane' }, async (page) => {
  await page.goto('/');
  const card = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: 'harbour-coffee.example' }) });
  await tells(card, '34.1 GB of 50.0 GB', '$29.00 every month', 'December 4, 2026', 'in 12 days');
}));

await test('it is told in the language of the customer', () => visit({ login: 'lukas' }, async (page) => {
  await page.goto('/subscriptions/5');
  await tells(page.getByRole('main'), 'bücherstube.example', '20. Dezember 2026', '9,90 €');
}));

await test('who has no subscription is told so', () => visit({ login: 'noah' }, async (page) => {
  await page.goto('/');
  await page.getByRole('heading', { name: 'No subscription yet' }).waitFor();
  await looksWell(page, 'customer-empty');
}));

/** showsRows waits until the table beside the chart has so many days or months. */
async function showsRows(page, count) {
  await page.locator(`#traffic .table tbody tr:nth-child(${count}):last-child`).waitFor();
}

await test('the chart changes its range without loading the page anew', () => visit({ login: 'jane' }, async (page) => {
  await page.goto('/subscriptions/1');
  await showsRows(page, 30);
  await page.evaluate(() => { window.isOldPage = true; });
  await page.getByRole('link', { name: '12 months' }).click();
  await showsRows(page, 12);
  await page.locator('[data-chart].live canvas').waitFor();
  await page.getByLabel('From').fill('2026-09-01');
  await page.getByLabel('to', { exact: true }).fill('2026-09-10');
  await page.getByRole('button', { name: 'Show' }).click();
  await showsRows(page, 10);
  holds(await page.evaluate(() => window.isOldPage), 'the page to stay');
  await page.goBack();
  await showsRows(page, 12);
}));

await test('the chart tells what lies under the pointer', () => visit({ login: 'jane' }, async (page) => {
  await page.goto('/subscriptions/1');
  await page.locator('[data-chart].live .u-over').hover();
  await page.locator('.u-legend', { hasText: /2026.*Mail\s*\d/s }).waitFor();
}));

await test('the days are there as CSV', () => visit({ login: 'jane' }, async (page) => {
  await page.goto('/subscriptions/1');
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'CSV' }).click();
  const csv = (await readFile(await (await downloading).path(), 'utf8')).trim().split('\n');
  equals(csv.length, 31, 'the number of lines');
  holds(csv[0].startsWith('date,') && csv[1].startsWith('2026-10-24,'), `a head and days: ${csv.slice(0, 2)}`);
}));

await test('without JavaScript the chart is there, and changes its range', () => visit(
  { login: 'jane', javaScriptEnabled: false }, async (page) => {
    await page.goto('/subscriptions/1');
    holds(await page.locator('[data-chart] svg rect').count() >= 30, 'bars');
    await page.getByRole('link', { name: '12 months' }).click();
    await page.waitForURL(/range=12m/);
    await showsRows(page, 12);
  }));

/** addDomain fills in the form for a domain of Jane's. */
async function addDomain(page, name) {
  await page.goto('/subscriptions/1');
  await page.getByRole('link', { name: 'Add a domain' }).click();
  await page.getByLabel('Domain name').fill(name);
  await page.getByRole('button', { name: 'Add the domain' }).click();
}

await test('a domain that is added can be registered at the shop', () => visit({ login: 'jane' }, async (page) => {
  await addDomain(page, 'Café-am-Hafen.example');
  await page.getByRole('heading', { level: 1, name: 'café-am-hafen.example' }).waitFor();
  const shop = await page.getByRole('link', { name: /^Register/ }).getAttribute('href');
  equals(shop, 'https://names.example/register?domain=xn--caf-am-hafen-deb.example&from=panel', 'the address of the shop');
  const certificates = await page.getByRole('link', { name: /certificate/ }).getAttribute('href');
  equals(certificates, 'https://names.example/certificates?domain=xn--caf-am-hafen-deb.example', 'the address for certificates');
  await looksWell(page, 'customer-domain-added');
}));

await test('the register button leads to the shop', () => visit({ login: 'jane', elsewhere: 'https://names.example' }, async (page) => {
  await addDomain(page, 'second-roastery.example');
  await page.getByRole('link', { name: /^Register/ }).click();
  await page.waitForURL('https://names.example/register?domain=second-roastery.example&from=panel');
}));

await test('what is no domain name is refused in plain words', () => visit({ login: 'jane', statuses: [422] }, async (page) => {
  for (const name of ['not a name', 'example', 'harbour-beans.example']) {
    await addDomain(page, name);
    await page.getByRole('alert').waitFor();
    equals(await page.getByLabel('Domain name').inputValue(), name, 'the name that stays in the form');
  }
  await looksWell(page, 'customer-domain-refused');
}));

await test('a shop that is not known is not offered', () => visit({ login: 'tom' }, async (page) => {
  await page.goto('/subscriptions/9/domains/new');
  await page.getByLabel('Domain name').fill('okafor-letters.example');
  await page.getByRole('button', { name: 'Add the domain' }).click();
  await page.getByRole('heading', { level: 1, name: 'okafor-letters.example' }).waitFor();
  equals(await page.getByRole('link', { name: /Register|certificate/ }).count(), 0, 'the number of offers');
}));

await test('dark colours are a choice that stays', () => visit({ login: 'jane' }, async (page) => {
  await page.goto('/');
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.getByRole('button', { name: 'Dark colours' }).click();
  await page.getByRole('button', { name: 'Light colours' }).waitFor();
  const dark = await ground();
  holds(light !== dark, `another ground than ${light}`);
  await page.goto('/subscriptions/1');
  equals(await ground(), dark, 'the ground of another page');
}));

await test('a phone is enough', () => visit({ login: 'jane', viewport: phone, hasTouch: true, isMobile: true }, async (page) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'harbour-coffee.example' }).tap();
  await page.getByRole('link', { name: '12 months' }).tap();
  await showsRows(page, 12);
}));

await close();

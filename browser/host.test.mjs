import { close, equals, holds, looksWell, tells, test, visit } from './harness.mjs';
import { isClosed, walk } from './pages.mjs';

await walk('administrator');
await walk('reseller');

await test("the host's own subscriptions are closed to a reseller", () => isClosed('alpine', '/subscriptions/1'));
await test("the host's own customers are closed to a reseller", () => isClosed('alpine', '/customers/3'));

await test('the overview tells what needs a look', () => visit({ login: 'admin' }, async (page) => {
  await page.goto('/');
  await tells(page.getByRole('region', { name: 'Passed their limit this month' }).first(), 'okafor-legal.example');
  await tells(page.getByRole('region', { name: 'Renewals in the next 30 days' }).first(), 'taller-fernandez.example', 'in 3 days');
  await tells(page.getByRole('region', { name: 'Revenue by currency' }).first(), '¥3,300', 'every month', 'every 2 weeks');
}));

await test('a reseller sees his part of it', () => visit({ login: 'alpine' }, async (page) => {
  await page.goto('/');
  const text = await page.getByRole('main').innerText();
  holds(text.includes('steiner-bergbahnen.example') && !text.includes('okafor'), `subscriptions of his customers alone in: ${text}`);
}));

const names = (page) => page.locator('#list tbody th').allInnerTexts();

await test('the list follows what is typed', () => visit({ login: 'admin' }, async (page) => {
  await page.goto('/subscriptions');
  equals((await names(page)).length, 15, 'the number of subscriptions');
  await page.getByRole('searchbox').pressSequentially('büch');
  await page.waitForFunction(() => document.querySelectorAll('#list tbody tr').length === 1);
  equals((await names(page))[0], 'bücherstube.example', 'what was found');
  equals(new URL(page.url()).searchParams.get('q'), 'büch', 'the search in the address');
}));

await test('the list is sorted by a column, both ways', () => visit({ login: 'admin' }, async (page) => {
  await page.goto('/subscriptions');
  await page.getByRole('columnheader', { name: 'Owner' }).getByRole('link').click();
  await page.locator('th[aria-sort=ascending]', { hasText: 'Owner' }).waitFor();
  const ascending = await names(page);
  await page.getByRole('columnheader', { name: 'Owner' }).getByRole('link').click();
  await page.locator('th[aria-sort=descending]', { hasText: 'Owner' }).waitFor();
  equals((await names(page)).at(-1), ascending[0], 'the last one');
}));

await test('billing information is saved as the preview told', () => visit({ login: 'admin' }, async (page) => {
  await page.goto('/subscriptions/3/billing');
  await page.getByLabel('Price').fill('1234.50');
  await page.getByLabel('Currency').selectOption('EUR');
  await page.getByLabel('Billing cycle').selectOption({ label: 'every month' });
  await page.getByLabel('Next renewal').fill('2026-12-22');
  const preview = page.locator('#preview', { hasText: 'in 4 weeks' });
  await preview.waitFor();
  await tells(preview, '€1,234.50 every month', 'December 22, 2026');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('status').waitFor();
  await tells(page.getByRole('main'), '€1,234.50 every month', 'December 22, 2026');
}));

await test('a price that is none is refused in plain words', () => visit({ login: 'admin', statuses: [422] }, async (page) => {
  await page.goto('/subscriptions/2/billing');
  await page.getByLabel('Price').fill('ten');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').waitFor();
  equals(await page.getByLabel('Price').inputValue(), 'ten', 'the price that stays in the form');
  await looksWell(page, 'administrator-billing-refused');
}));

await test('a customer and a subscription are added', () => visit({ login: 'alpine' }, async (page) => {
  await page.goto('/customers');
  await page.getByRole('link', { name: 'Add a customer' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Anna Gruber');
  await page.getByLabel('Login', { exact: true }).fill('anna');
  await page.getByLabel('Password').fill('anna-Pa55word');
  await page.getByRole('button', { name: 'Add the customer' }).click();
  await page.getByRole('heading', { level: 1, name: 'Anna Gruber' }).waitFor();
  await looksWell(page, 'reseller-customer-added');
  await page.getByRole('link', { name: 'Add a subscription' }).first().click();
  await page.getByLabel('Domain name').fill('gruber-käse.example');
  await page.getByLabel('Plan').selectOption({ label: 'Alpine Standard' });
  await page.getByRole('button', { name: 'Add the subscription' }).click();
  await page.getByRole('heading', { level: 1, name: 'gruber-käse.example' }).waitFor();
  await tells(page.getByRole('main'), '0 B of 20.0 GB', 'anna');
  await looksWell(page, 'reseller-subscription-added');
}));

await close();

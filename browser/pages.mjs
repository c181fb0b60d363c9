// The pages of the panel, in one list, and who of the sample may see them.

import { equals, holds, looksWell, sticksOut, test, visit } from './harness.mjs';

const people = {
  administrator: { login: 'admin', subscription: 1, domain: 16, customer: 3, reseller: 2, plan: 7 },
  reseller: { login: 'alpine', subscription: 12, domain: 18, customer: 11, reseller: 2, plan: 9 },
  customer: { login: 'jane', subscription: 1, domain: 16, customer: 3, reseller: 2, plan: 7 },
};

const everybody = ['administrator', 'reseller', 'customer'];
const hosts = ['administrator', 'reseller'];
const administrator = ['administrator'];

const pages = [
  { name: 'home', path: '/', roles: everybody },
  { name: 'subscriptions', path: '/subscriptions', roles: hosts },
  { name: 'subscriptions-found', path: '/subscriptions?q=an&sort=renewal', roles: hosts },
  { name: 'subscriptions-none', path: '/subscriptions?q=nothing-is-called-so', roles: hosts },
  { name: 'subscriptions-over', path: '/subscriptions?over=1', roles: hosts },
  { name: 'subscriptions-due', path: '/subscriptions?due=30&sort=renewal', roles: hosts },
  { name: 'subscription-new', path: '/subscriptions/new', roles: hosts },
  { name: 'subscription', path: '/subscriptions/{subscription}', roles: everybody },
  { name: 'subscription-12-months', path: '/subscriptions/{subscription}?range=12m', roles: everybody },
  { name: 'subscription-range', path: '/subscriptions/{subscription}?range=custom&since=2026-09-01&to=2026-10-15', roles: everybody },
  { name: 'billing', path: '/subscriptions/{subscription}/billing', roles: hosts },
  { name: 'subscription-edit', path: '/subscriptions/{subscription}/edit', roles: hosts },
  { name: 'domain-new', path: '/subscriptions/{subscription}/domains/new', roles: everybody },
  { name: 'domain', path: '/subscriptions/{subscription}/domains/{domain}', roles: everybody },
  { name: 'customers', path: '/customers', roles: hosts },
  { name: 'customers-none', path: '/customers?q=nobody-is-called-so', roles: hosts },
  { name: 'customer-new', path: '/customers/new', roles: hosts },
  { name: 'customer', path: '/customers/{customer}', roles: hosts },
  { name: 'customer-edit', path: '/customers/{customer}/edit', roles: hosts },
  { name: 'balances', path: '/customers/{customer}/balances', roles: hosts },
  { name: 'resellers', path: '/resellers', roles: administrator },
  { name: 'reseller', path: '/resellers/{reseller}', roles: administrator },
  { name: 'plans', path: '/plans', roles: hosts },
  { name: 'plan', path: '/plans/{plan}', roles: hosts },
  { name: 'keys', path: '/keys', roles: administrator },
  { name: 'journal', path: '/journal', roles: administrator },
  { name: 'statistics', path: '/statistics', roles: hosts },
  { name: 'sessions', path: '/sessions', roles: everybody },
  { name: 'account', path: '/account', roles: everybody },
  { name: 'console', path: '/console', roles: everybody },
];

/**
 * walk looks at every page with the eyes of a role, and makes sure that the others stay closed to it. A reseller's pages
 * are made as the administrator's are: whether everybody can use them is looked at there.
 */
export async function walk(role) {
  const who = people[role];
  for (const { name, path, roles } of pages) {
    const own = path.replaceAll(/{(\w+)}/g, (_, object) => who[object]);
    if (roles.includes(role)) {
      await test(`${role} sees ${own}`, () => see(who.login, own, `${role}-${name}`, role === 'reseller' ? sticksOut : undefined));
    } else {
      await test(`${role} does not see ${own}`, () => isClosed(who.login, own));
    }
  }
}

async function see(login, path, name, flaws) {
  await visit({ login }, async (page) => {
    await page.goto(path);
    equals(await page.getByRole('heading', { level: 1 }).count(), 1, 'the number of main headings');
    holds(/\S.+ – Hostledger/.test(await page.title()), 'a title');
    await looksWell(page, name, flaws);
  });
}

/** isClosed checks that somebody is told that a page is not there. */
export async function isClosed(login, path) {
  await visit({ login, statuses: [403, 404] }, async (page) => {
    const answer = await page.goto(path);
    holds([403, 404].includes(answer.status()), `status 403 or 404, not ${answer.status()}`);
  });
}

import { api, close, equals, holds, httpsURL, looksWell, password, signIn, test, visit } from './harness.mjs';

await test('the login is there for everybody', () => visit({}, async (page) => {
  await page.goto('/');
  equals(new URL(page.url()).pathname, '/login', 'the path');
  await looksWell(page, 'login');
}));

await test('a wrong password is refused in plain words', () => visit({ statuses: [401] }, async (page) => {
  await page.goto('/login');
  await page.getByLabel('Login').fill('jane');
  await page.getByLabel('Password').fill('not-her-Pa55word');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
  equals(await page.getByLabel('Login').inputValue(), 'jane', 'the login that stays in the form');
  equals(await page.getByLabel('Password').inputValue(), '', 'the password');
  await looksWell(page, 'login-refused');
}));

await test('signing in leads to where one wanted to go', () => visit({}, async (page) => {
  await page.goto('/subscriptions/1?range=12m');
  await page.getByLabel('Login').fill('jane');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('/subscriptions/1?range=12m');
}));

await test('the keyboard is enough to sign in and out', () => visit({}, async (page) => {
  await page.goto('/login');
  await page.keyboard.type('jane'); // the field has the focus
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.waitForURL('/');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter'); // the first link skips to the page
  equals(await page.evaluate(() => document.activeElement.id), 'main', 'what has the focus');
  await page.getByRole('button', { name: 'Sign out' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL('/login');
}));

await test('who has signed out is a stranger', () => visit({}, async (page, context) => {
  await signIn(page, 'jane');
  const cookies = await context.cookies();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('/login');
  await context.addCookies(cookies); // a copy of the old cookie opens nothing
  await page.goto('/');
  equals(new URL(page.url()).pathname, '/login', 'the path');
}));

await test('it works without JavaScript', () => visit({ javaScriptEnabled: false }, async (page) => {
  await signIn(page, 'jane');
  equals(await page.getByRole('heading', { level: 1 }).count(), 1, 'the number of main headings');
}));

await test('over HTTPS the cookie is secure', () => visit({ at: httpsURL }, async (page, context) => {
  await signIn(page, 'jane');
  const cookie = (await context.cookies()).find(({ name }) => name.startsWith('__Host-'));
  holds(cookie?.secure && cookie.httpOnly && cookie.sameSite === 'Lax', `a secure cookie, not ${JSON.stringify(cookie)}`);
}));

await test('a link that create_session made opens the panel once', async () => {
  const answer = await api('<server><create_session><login>jane</login><data><user_ip>MTI3LjAuMC4x</user_ip>' +
    '<source_server/></data></create_session></server>');
  const link = `/enterprise/rsession_init.php?PLESKSESSID=${answer.match(/<id>(.+)<\/id>/)[1]}`;
  await visit({}, async (page) => {
    await page.goto(link);
    equals(new URL(page.url()).pathname, '/', 'the path');
  });
  await visit({}, async (page) => {
    await page.goto(link);
    equals(new URL(page.url()).pathname, '/login', 'the path');
  });
});

await close();

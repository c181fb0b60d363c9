import { close, equals, holds, looksWell, test, visit } from './harness.mjs';

await test('an example is loaded, sent and answered', () => visit({ login: 'admin' }, async (page) => {
  await page.goto('/console');
  await page.getByLabel('Example').selectOption('server/get_protos');
  await page.waitForURL(/example=server/);
  holds((await page.getByLabel('Packet').inputValue()).includes('<get_protos'), 'the packet of the example');
  await page.getByRole('button', { name: 'Send' }).click();
  const answer = page.getByRole('region', { name: 'The answer’s text' });
  holds((await answer.innerText()).includes('1.6.9.1'), 'the versions of the protocol');
  holds(/\d/.test(await page.locator('.measures').innerText()), 'what it took');
  await looksWell(page, 'console-answer');
}));

await test('a packet of one’s own is run by the rules of the API', () => visit({ login: 'jane' }, async (page) => {
  await page.goto('/console');
  await page.getByLabel('Packet').fill('<packet><webspace><get><filter/><dataset><gen_info/></dataset></get></webspace></packet>');
  await page.getByLabel('Packet').press('Control+Enter');
  const answer = await page.getByRole('region', { name: 'The answer’s text' }).innerText();
  equals(answer.match(/<name>[^<]+<\/name>/g).length, 3, 'the number of her subscriptions');
}));

await test('a packet that is refused is told why', () => visit({ login: 'admin' }, async (page) => {
  await page.goto('/console');
  await page.getByLabel('Packet').fill('<packet><webspace><gett/></webspace></packet>');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('Nothing of the packet was executed.').waitFor();
  await looksWell(page, 'console-refused');
}));

await test('the command for a shell can be copied', () => visit({ login: 'admin' }, async (page, context) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/console');
  await page.getByRole('button', { name: 'Copy' }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  equals(copied, await page.getByRole('region', { name: 'The command' }).innerText(), 'what was copied');
}));

await test('without JavaScript a packet is sent as well', () => visit({ login: 'admin', javaScriptEnabled: false }, async (page) => {
  await page.goto('/console?example=server/get_protos');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('region', { name: 'The answer’s text' }).waitFor();
}));

await close();

import { close, test } from './harness.mjs';
import { isClosed, walk } from './pages.mjs';

await walk('administrator');
await walk('reseller');

await test("the host's own subscriptions are closed to a reseller", () => isClosed('alpine', '/subscriptions/1'));
await test("the host's own customers are closed to a reseller", () => isClosed('alpine', '/customers/3'));

await close();

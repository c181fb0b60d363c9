// What a billing system tells a server that speaks Plesk's XML API: prices and
// mail traffic of subscriptions.

import { setTimeout as sleep } from "node:timers/promises";

/** The server's answer is an error: sending the same again does not help. */
export class Refused extends Error {
  constructor(code, text) {
    super(`${text} (error ${code})`);
    this.code = code;
    this.text = text;
  }
}

/** There was no answer. Whether the packet was executed is unknown. */
export class Unavailable extends Error {}

export class Billing {
  /** timeout and pause are in milliseconds; pause is what lies between two attempts. */
  constructor(url, login, password, { timeout = 30_000, attempts = 3, pause = 1000 } = {}) {
    this.url = `${url}/enterprise/control/agent.php`;
    this.headers = { "Content-Type": "text/xml", HTTP_AUTH_LOGIN: login, HTTP_AUTH_PASSWD: password };
    Object.assign(this, { timeout, attempts, pause });
  }

  async setPrice(subscription, { currency, sum, renewalDate, cycle = "P1M" }) {
    await this.#send(
      `<webspace><set-billing-info><filter><id>${subscription}</id></filter><values>` +
        `<price><currency>${escape(currency)}</currency><sum>${escape(sum)}</sum></price>` +
        `<renewal-date>${renewalDate}</renewal-date><cycle>${cycle}</cycle>` +
        `</values></set-billing-info></webspace>`,
    );
  }

  /** Sets the bytes of mail that came and went on a day. Those that were set before are replaced. */
  async setTraffic(subscription, date, { received, sent }) {
    await this.#send(
      `<webspace><set_traffic><dom_id>${subscription}</dom_id><date>${date}</date>` +
        `<smtp_in>${received}</smtp_in><smtp_out>${sent}</smtp_out><pop3_imap_in/><pop3_imap_out/>` +
        `</set_traffic></webspace>`,
    );
  }

  /** Returns the bytes of mail of every day from since until today: { date: { received, sent } }. */
  async traffic(subscription, since) {
    const answer = await this.#send(
      `<webspace><get_traffic><filter><id>${subscription}</id></filter>` +
        `<since_date>${since}</since_date></get_traffic></webspace>`,
    );
    const days = elements(answer, "traffic").map((day) => [
      text(day, "date"),
      { received: Number(text(day, "smtp_in")), sent: Number(text(day, "smtp_out")) },
    ]);
    return Object.fromEntries(days);
  }

  /** Sends a packet until it is answered. All of the above replace what is stored, so sending twice is safe. */
  async #send(operator) {
    for (let attempt = 1; ; attempt++) {
      try {
        return checked(await this.#post(`<packet>${operator}</packet>`));
      } catch (error) {
        if (!(error instanceof Unavailable) || attempt === this.attempts) throw error;
        await sleep(this.pause);
      }
    }
  }

  async #post(packet) {
    const request = { method: "POST", headers: this.headers, body: packet, signal: AbortSignal.timeout(this.timeout) };
    try {
      const response = await fetch(this.url, request);
      if (response.ok) return await response.text();
      throw new Error(`${response.status} ${response.statusText}`);
    } catch (error) {
      // No connection, one that broke, one that took too long, an HTTP status of errors.
      throw new Unavailable(error.message, { cause: error });
    }
  }
}

/** Returns an answer if it is one and holds no error. */
function checked(answer) {
  if (!answer.trimEnd().endsWith("</packet>")) throw new Unavailable("the answer is no packet");
  if (text(answer, "status") === "error") throw new Refused(Number(text(answer, "errcode")), text(answer, "errtext"));
  return answer;
}

/** The contents of all elements of a name, in XML that is known to have no attributes there. */
const elements = (xml, name) => Array.from(xml.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, "gs")), (m) => m[1]);

const text = (xml, name) => unescape(elements(xml, name)[0] ?? "");

const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const escape = (s) => s.replace(/[&<>"]/g, (c) => entities[c]);

const unescape = (s) => s.replace(/&(amp|lt|gt|quot);/g, (e) => Object.keys(entities).find((c) => entities[c] === e));

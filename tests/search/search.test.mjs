// What the reader finds, on a tiny site that is written down here. The index is made as docs/search.md says.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInThisContext } from "node:vm";

const here = (path) => new URL(path, import.meta.url);
const script = (name) => readFileSync(here(`../../themes/default/static/${name}.js`), "utf8");
// As sdkb.js loads them, but for the one that needs a page.
globalThis.sdkb = { search: {} };
const [, engineScripts] = /const ENGINE = \[(.*?), 'site'\];/.exec(script("sdkb"));
for (const [name] of engineScripts.matchAll(/\w+/g)) runInThisContext(script(`search/${name}`));
const { MATCH, decode, distance, engine, split, stem, terms } = globalThis.sdkb.search;

const STOP = new Set("a is it no not of on the to when".split(" "));
const EXAMPLES = JSON.parse(readFileSync(here("postings.json"), "utf8"));
const BITS = { text: 1, code: 2, heading: 4, summary: 8, title: 128, id: 256, aliases: 512, alerts: 1024 };
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const write = (number) => (number < 32 ? DIGITS[number] : DIGITS[(number & 31) | 32] + write(number >> 5));
const backwards = (text) => [...text].reverse().join("");

/** The terms of a text, each with the bits of how it stands there. */
function* forms(text) {
  for (const { whole, words = [], parts } of split(text)) {
    const said = parts && !whole ? 0 : 2048;
    for (const word of words) yield [word, 2048];
    for (const part of parts ?? (STOP.has(whole) ? [] : [whole])) {
      if (/^[a-z]$/.test(part)) continue;
      yield [part, parts ? said : 0];
      if (stem(part) !== part) yield [stem(part), (parts ? said : 0) | 16];
    }
    if (parts && whole) yield [whole, 0];
  }
}

/** An index in files that are so small that there are several of each. */
function build(documents, size = 25) {
  const postings = new Map();
  const lengths = documents.map(() => 0);
  const facets = ["service", "squad", "priority"].map((name) => {
    const values = [...new Set(documents.flatMap((one) => one[name] ?? []))].sort();
    return { name, values, lists: documents.map((one) => (one[name] ?? []).map((value) => values.indexOf(value))) };
  });
  documents.forEach((one, doc) => {
    const say = (text, section, bit) => {
      for (const [term, form] of forms(text)) {
        lengths[doc] += 1;
        if (!postings.has(term)) postings.set(term, new Map());
        const key = `${doc} ${section}`;
        const before = postings.get(term).get(key);
        const weak = 16 | 2048;
        const kind = before ? (before.kind | bit | form) & ~(weak & ~(before.kind & form)) : bit | form;
        postings.get(term).set(key, { doc, section, kind, often: (before?.often ?? 0) + 1 });
      }
    };
    for (const field of ["title", "id", "summary"]) say(one[field] ?? "", 0, BITS[field]);
    for (const field of ["aliases", "alerts"]) for (const text of one[field] ?? []) say(text, 0, BITS[field]);
    one.sections.forEach(([, heading, text, code = ""], section) => {
      say(heading, section, BITS.heading);
      say(text, section, BITS.text);
      say(code, section, BITS.code);
    });
  });
  const files = new Map();
  const prints = { t: "", e: "", d: "", f: "", m: "", j: "" };
  const put = (sort, data) => {
    const place = prints[sort].length / 6;
    const print = `${sort}${"abcde"}`.slice(0, 5) + (place % 10);
    prints[sort] += print;
    files.set(`${sort}${place}-${print}`, data);
  };
  const cut = (sort, lines, first) => {
    const firsts = [];
    for (let at = 0; at < lines.length; at += size) {
      put(sort, lines.slice(at, at + size).join("\n"));
      firsts.push(first(lines[at]));
    }
    return firsts;
  };
  const sorted = [...postings.keys()].sort();
  const lines = sorted.map((term) => {
    let last = 0;
    return `${term} ${[...postings.get(term).values()].map(({ doc, section, kind, often }) => {
      const gap = doc - last;
      last = doc;
      const times = often > 4 ? 96 : often > 2 ? 64 : often > 1 ? 32 : 0;
      return write(gap) + write(section) + write(kind | times);
    }).join("")}`;
  });
  const kinds = [...new Set(documents.map((one) => one.kind))];
  const flags = (one) => (one.deprecated ? 1 : 0) + (one.stale ? 2 : 0) + (one.draft ? 4 : 0);
  for (let from = 0; from < documents.length; from += 2) {
    put("d", Object.fromEntries(documents.slice(from, from + 2).map((one, at) => [from + at, [
      one.url,
      one.title,
      one.sections.map(([anchor, heading, text, code = ""]) => [anchor, heading, `${text} ${code}`.trim()]),
      facets.filter(({ name }) => one[name]).map(({ name }) => [name, one[name].map((value) => value.toUpperCase())]),
    ]])));
  }
  for (const { values, lists } of facets) put("f", { values: values.map((value) => [value, value.toUpperCase()]), of: lists });
  const digits = (numbers) => numbers.map((number) => DIGITS[number]).join("");
  const measure = (length) => Math.round(4 * Math.log2(Math.max(1, length)));
  put("m", {
    kind: digits(documents.map((one) => kinds.indexOf(one.kind))),
    length: digits(lengths.map(measure)),
    flags: digits(documents.map(flags)),
  });
  put("j", {
    titles: documents.slice(0, 2500).map((one) => `${one.title}\t${one.url}\t${kinds.indexOf(one.kind)}`).join("\n"),
    alerts: [...new Set(documents.flatMap((one) => one.alerts ?? []))].sort().map((name) => `${name}\talerts/${name}.html`).join("\n"),
  });
  const long = sorted.filter((term) => term.length > 3);
  files.set("index", {
    version: 1,
    count: documents.length,
    length: measure(lengths.reduce((sum, length) => sum + length, 0) / documents.length),
    weights: EXAMPLES.weights,
    weak: EXAMPLES.weak,
    kinds: kinds.map((kind) => [kind, kind[0].toUpperCase() + kind.slice(1), `${kind}s`, 1]),
    facets: facets.map(({ name }) => [name, name[0].toUpperCase() + name.slice(1)]),
    bucket: 2,
    terms: cut("t", lines, (line) => line.slice(0, line.indexOf(" "))),
    endings: cut("e", long.map(backwards).sort().map(backwards), backwards),
    files: prints,
    ask: ["Squads", "squads/index.html"],
  });
  return files;
}

const page = (kind, id, title, text, more = {}) => ({
  kind, id, title, url: `${kind}s/${id}.html`, sections: [["", "", text], ...(more.parts ?? [])], ...more,
});

const SITE = [
  page("runbook", "checkout-slow", "Checkout is slow", "Customers wait at the spinner. The connection pool is empty.", {
    alerts: ["CheckoutLatencyHigh"], service: ["checkout"], squad: ["buying"], priority: ["p1"],
    aliases: ["CHK-503"], parts: [["fix", "Mitigation", "Kill the blocking transaction, then wait.", "kubectl -n checkout get pods"]],
  }),
  page("runbook", "disk", "Disk is filling", "The disk of the database fills up. Latencies rise while it is failing.", {
    alerts: ["OrdersDiskFilling"], service: ["orders"], squad: ["delivery"], priority: ["p2"],
    parts: [["grow", "Grow the volume", "Ask for ten gigabytes more."]],
  }),
  page("service", "checkout", "Checkout", "Turns a basket into an order.", { service: ["checkout"], squad: ["buying"] }),
  page("service", "orders", "Orders", "Keeps orders. <img src=x onerror=alert(1)> is text.", { service: ["orders"], squad: ["delivery"], stale: true }),
  page("incident", "2026-01", "The day of the full disk", "A certificate ran out. CheckoutLatencyHigh fired too.", { service: ["orders"] }),
  page("runbook", "old-disk", "Disk is full", "The disk of the database fills up.", { deprecated: true, service: ["orders"] }),
  page("page", "kube", "Crash loops", "The alert KubePodCrashLooping fires on restarts. Überlast in 日本語 and 支付失败.", { draft: true }),
  ...["title", "aliases", "heading", "summary", "text", "code"].map((field) => page("page", `z-${field}`, field === "title" ? "Zeppelin" : `Rank ${field}`,
    field === "text" ? "A zeppelin flies." : "Nothing much flies.", {
      aliases: field === "aliases" ? ["zeppelin"] : [],
      summary: field === "summary" ? "About a zeppelin." : "",
      parts: [["s", field === "heading" ? "Zeppelin flights" : "Flights", "Words.", field === "code" ? "zeppelin" : ""]],
    })),
];

const files = build(SITE);
const open = () => {
  const asked = [];
  const desk = engine(async (name) => {
    asked.push(name);
    if (!files.has(name)) throw new Error(`${name} is missing`);
    return files.get(name);
  });
  return { ...desk, asked };
};
const { search, fitting, closest } = open();
/** The ids of the documents that fit, without those that only have some of the words. */
const ids = async (query) => {
  const { hits, total } = await search(query);
  return hits.slice(0, total).map(({ doc }) => SITE[doc].id);
};
const say = (runs) => runs.map(([text, hit]) => (hit ? `[${text}]` : text)).join("");

test("text gives the terms that both sides agree on", () => {
  for (const { text, terms: wanted } of JSON.parse(readFileSync(here("terms.json"), "utf8"))) {
    assert.deepEqual(terms(text), wanted, text);
  }
});

test("postings are read as the index writes them", () => {
  assert.ok(EXAMPLES.terms.length >= 8);
  const matches = { ...MATCH, TWICE: 32 };
  for (const { term, written, postings } of EXAMPLES.terms) {
    const kinds = postings.map(([, , names]) => names.reduce((sum, name) => sum | matches[name], 0));
    const [docs, sections] = [0, 1].map((at) => postings.map((posting) => posting[at]));
    assert.deepEqual(decode(written), { docs, sections, matches: kinds }, term);
  }
});

test("distance counts swaps once", () => {
  assert.equal(distance("checkotu", "checkout"), 1);
  assert.equal(distance("latncy", "latency"), 1);
  assert.equal(distance("disk", "disk"), 0);
  assert.ok(distance("basket", "cardwell", 2) > 2);
});

test("where a word stands says how much it weighs", async () => {
  assert.deepEqual(await ids("zeppelin "), ["z-title", "z-aliases", "z-heading", "z-summary", "z-text", "z-code"]);
});

test("a whole title, alert or id comes first", async () => {
  assert.equal((await ids("checkout"))[0], "checkout");
  assert.equal((await ids("Disk is full"))[0], "old-disk", "though it is deprecated");
  assert.equal((await ids("checkoutlatencyhigh"))[0], "checkout-slow");
  assert.equal((await ids("checkout-slow"))[0], "checkout-slow");
});

test("all words have to fit, and the best of the rest follows", async () => {
  const both = await search("disk certificate");
  assert.deepEqual([both.isWhole, both.total, both.hits[0].url], [true, 1, "incidents/2026-01.html"]);
  assert.ok(both.hits.length > 1);
  assert.ok(both.hits.slice(1).every((hit) => hit.missing.length === 1));
  const part = await search("spinner pool unobtainium");
  assert.equal(part.isWhole, false);
  assert.equal(SITE[part.hits[0].doc].id, "checkout-slow");
  assert.deepEqual(part.hits[0].missing, ["unobtainium"]);
});

test("of many words a better document may lack one", async () => {
  const [first] = (await search("disk filling chatter")).hits;
  assert.equal(SITE[first.doc].id, "disk");
  assert.equal((await ids("FIRING CheckoutLatencyHigh certificate prod"))[0], "checkout-slow", "a notification is about its alert");
});

test("words in the query that say nothing are optional", async () => {
  assert.deepEqual(await ids("when is the spinner"), ["checkout-slow"]);
  assert.deepEqual(await ids("why isn't the spinner gone yet please"), await ids("spinner gone"));
  const { isWhole, fixed } = await search("the spinner can't wait");
  assert.deepEqual([isWhole, fixed], [true, []], "and no typing error");
  assert.deepEqual(await ids("about "), ["z-summary"], "unless there is nothing else");
});

test("the last word may be unfinished, the others only if nothing else fits", async () => {
  assert.deepEqual(await ids("spin"), ["checkout-slow"]);
  assert.deepEqual(await ids("CheckoutLat"), ["checkout-slow", "2026-01"]);
  assert.deepEqual(await ids("spin customers"), ["checkout-slow"]);
  assert.ok(!(await ids("order ")).includes("old-disk"));
});

test("stems find other forms of a word", async () => {
  assert.ok((await ids("latency rising ")).includes("disk"));
  assert.ok((await ids("fail ")).includes("disk"));
});

test("a compound fits as a whole or by all of its parts", async () => {
  assert.deepEqual((await ids("KubePodCrashLooping"))[0], "kube");
  assert.deepEqual(await ids("pod crash"), ["kube"]);
  assert.deepEqual(await ids("CrashPod"), ["kube"]);
  assert.equal((await ids("CHK-503"))[0], "checkout-slow");
  assert.deepEqual((await search("k8s")).total, 0, "not by a part that says nothing");
  const { isLoose, hits } = await search("pool_spinner_seconds_total");
  assert.deepEqual([isLoose, SITE[hits[0].doc].id], [true, "checkout-slow"], "by some if nothing has all");
});

test("typing errors are fixed where nothing fits", async () => {
  const found = await search("certifciate");
  assert.deepEqual([SITE[found.hits[0].doc].id, found.fixed], ["2026-01", [["certifciate", "certificate"]]]);
  assert.deepEqual((await ids("xertificate"))[0], "2026-01", "by its ending");
  assert.equal((await ids("CheckoutLatnecyHigh"))[0], "checkout-slow");
  assert.equal((await ids("CheckoutLatencyHihg"))[0], "checkout-slow", "in a part that is too short");
  const other = await search("KubePoolCrashLooping");
  assert.equal(SITE[other.hits[0].doc].id, "kube", "where it makes another word of a part");
  assert.deepEqual(other.fixed, [["kubepoolcrashlooping", "kubepodcrashlooping"]]);
  assert.equal((await ids("checkoutlatancy"))[0], "checkout-slow", "in half of a name");
  assert.deepEqual(await ids("dis "), ["disk", "2026-01", "old-disk"], "a beginning is no error");
  assert.equal((await search("2027-01 ")).total, 0, "numbers stay as they are");
});

test("phrases are exact", async () => {
  assert.deepEqual(await ids('"connection pool"'), ["checkout-slow"]);
  assert.deepEqual(await ids('"uberlast in 日本語"'), ["kube"]);
  const found = await search('"pool connection"');
  assert.ok(found.isLoose);
  assert.equal(SITE[found.hits[0].doc].id, "checkout-slow");
});

test("filters narrow down", async () => {
  assert.deepEqual((await ids("disk kind:runbook")).sort(), ["disk", "old-disk"]);
  assert.deepEqual(await ids("disk kind:Runbooks priority:P2"), ["disk"]);
  assert.deepEqual((await ids("service:checkout")).sort(), ["checkout", "checkout-slow"]);
  assert.deepEqual((await ids("kind:service kind:incident")).sort(), ["2026-01", "checkout", "orders"]);
  assert.deepEqual(await ids("is:stale"), ["orders"]);
  assert.deepEqual(await ids("is:deprecated"), ["old-disk"]);
  assert.deepEqual((await ids("disk -is:deprecated")).sort(), ["2026-01", "disk"]);
  assert.equal((await search("kind:nonsense disk")).total, 0);
  assert.equal((await search("http://disk")).isWhole, false, "no filter is called http");
});

test("a minus leaves out", async () => {
  assert.deepEqual((await ids("disk -certificate")).sort(), ["disk", "old-disk"]);
  assert.deepEqual(await ids('disk -"database fills"'), ["2026-01"]);
  assert.equal((await ids("-checkout: get pods"))[0], "checkout-slow", "but not what a terminal says");
});

test("deprecated, stale and draft documents come later", async () => {
  const order = await ids("database fills ");
  assert.deepEqual(order, ["disk", "old-disk"]);
  const { hits } = await search("is:draft");
  assert.deepEqual(hits[0].flags, ["Draft"]);
});

test("facets count what was found", async () => {
  const { facets, total } = await search("disk", { counts: true });
  assert.equal(total, 3);
  const counts = Object.fromEntries(facets.map(({ name, values }) => [name, values.map(({ id, count }) => [id, count])]));
  assert.deepEqual(counts.kind, [["runbook", 2], ["incident", 1]]);
  assert.deepEqual(counts.service, [["orders", 3]]);
  const chosen = (await search("disk kind:runbook", { counts: true })).facets[0].values.find(({ id }) => id === "runbook");
  assert.equal(chosen.token, "kind:runbook");
});

test("a result shows where it fits", async () => {
  const [hit] = (await search("blocking transaction")).hits;
  assert.equal(hit.sections[0].url, "runbooks/checkout-slow.html#fix");
  assert.match(say(hit.excerpt), /\[blocking\] \[transaction\]/);
  const [other] = (await search("支付")).hits;
  assert.match(say(other.excerpt), /\[支付\]失败/);
  assert.equal(say((await search("orders onerror")).hits[0].excerpt).replace(/[[\]]/g, ""), "Keeps orders. <img src=x onerror=alert(1)> is text.");
});

test("an answer does not depend on earlier questions", async () => {
  const queries = ["disk", "certifciate", "spin", "kind:runbook pool", '"connection pool"', "order", "zeppelin flies"];
  const fresh = [];
  for (const query of queries) fresh.push(await open().search(query));
  const used = open();
  for (const query of [...queries].reverse()) await used.search(query);
  for (const [at, query] of queries.entries()) assert.deepEqual(await used.search(query), fresh[at], query);
});

test("only the files that are needed are read, and once", async () => {
  const desk = open();
  await desk.search("certificate");
  await desk.search("certificate");
  assert.equal(new Set(desk.asked).size, desk.asked.length);
  assert.ok(desk.asked.filter((name) => name.startsWith("t")).length < files.get("index").terms.length);
  assert.equal(desk.asked.filter((name) => name.startsWith("e")).length, 0);
});

test("names are found while they are typed", async () => {
  const names = async (query) => (await fitting(query)).map(({ name }) => name);
  assert.equal((await names("checkoutl"))[0], "CheckoutLatencyHigh");
  assert.equal((await names("checkout latency"))[0], "CheckoutLatencyHigh");
  assert.equal((await names("clh"))[0], "CheckoutLatencyHigh");
  assert.equal((await names("chklat"))[0], "CheckoutLatencyHigh");
  assert.equal((await names("full disk"))[0], "The day of the full disk");
  assert.deepEqual(await names(""), []);
});

test("where nothing fits, the closest titles are offered", async () => {
  assert.equal((await search("zepelinxx")).total, 0);
  assert.equal((await closest("zepelinxx"))[0].name, "Zeppelin");
});

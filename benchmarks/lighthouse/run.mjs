// Runs Lighthouse on pages of a built site: node run.mjs SITE_FOLDER [--port 8765] [--runs 5] [PATH ...]
import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const PAGES = ["/", "/builds/hll-sketch/", "/reproductions/hyperloglog-error/"];
const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu"];
const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
};

// A static host: gzip for text, a year's caching for assets, ten minutes for the rest, 404.html for unknown addresses.
function staticHost(folder) {
  return createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://host").pathname));
    let file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    const found = existsSync(file) && statSync(file).isFile();
    if (!found) file = join(folder, "404.html");
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    const headers = {
      "Content-Type": type,
      "Cache-Control": path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "public, max-age=600",
      Vary: "Accept-Encoding",
    };
    let body = readFileSync(file);
    if (/text|json|xml/.test(type) && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "")) {
      body = gzipSync(body);
      headers["Content-Encoding"] = "gzip";
    }
    headers["Content-Length"] = body.length;
    response.writeHead(found ? 200 : 404, headers).end(body);
  });
}

// One Lighthouse report, from a Chromium of its own.
async function report(address, categories) {
  const chrome = await launch({ chromeFlags: FLAGS });
  try {
    const { lhr } = await lighthouse(address, { port: chrome.port, onlyCategories: categories, logLevel: "error" });
    if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`);
    return lhr;
  } finally {
    chrome.kill();
  }
}

const score = (lhr, category) => Math.round(lhr.categories[category].score * 100);

// The audits of a report below full score, each with its weight and the first things that it names.
function failures(lhr) {
  return Object.values(lhr.categories).flatMap((category) =>
    category.auditRefs
      .map(({ id, weight }) => ({ ...lhr.audits[id], weight }))
      .filter((audit) => audit.score !== null && audit.score < 1 && audit.scoreDisplayMode !== "informative")
      .map((audit) => {
        const named = (audit.details?.items ?? [])
          .map((item) => item.node?.selector ?? item.url)
          .filter((name) => typeof name === "string");
        const said = [audit.displayValue, ...named.slice(0, 3)].filter(Boolean).join("; ");
        return `  ${category.id}/${audit.id} ${audit.score} (weight ${audit.weight}) ${said || audit.title}`;
      }),
  );
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { port: { type: "string", default: "8765" }, runs: { type: "string", default: "5" } },
});
const [folder, ...paths] = positionals;
if (!folder || !existsSync(join(folder, "index.html"))) {
  console.error("Name the folder of a built site: node run.mjs SITE_FOLDER [--port 8765] [--runs 5] [PATH ...]");
  process.exit(1);
}

const server = staticHost(folder);
await new Promise((resolve, reject) => server.once("error", reject).listen(Number(values.port), "127.0.0.1", resolve));
for (const path of paths.length ? paths : PAGES) {
  const address = `http://127.0.0.1:${values.port}${path}`;
  const rules = await report(address, ["accessibility", "best-practices", "seo"]);
  const loads = [];
  for (let count = 0; count < Number(values.runs); count += 1) loads.push(await report(address, ["performance"]));
  loads.sort((first, second) => score(first, "performance") - score(second, "performance"));
  const median = loads[Math.floor(loads.length / 2)];
  console.log(
    `${path} accessibility ${score(rules, "accessibility")}, best-practices ${score(rules, "best-practices")},`,
    `seo ${score(rules, "seo")}, performance ${score(median, "performance")}`,
    `(median of ${loads.map((lhr) => score(lhr, "performance")).join(" ")})`,
  );
  for (const line of [...failures(rules), ...failures(median)]) console.log(line);
}
server.close();

// Ace by DAISY for many books with one browser: `node ace.cjs BOOK.epub…` prints a line for each book, a JSON list of
// what Ace finds wrong with it.
const ace = require('@daisy/ace-core')
const runner = require('@daisy/ace-axe-runner-puppeteer')
const {mkdtempSync, rmSync} = require('fs')
const {tmpdir} = require('os')
const {join} = require('path')

// Each finding as one line: what it is about, the rule and how grave it is, what Ace says of it, and the element.
function findings(report) {
  return report.assertions.flatMap(({'earl:testSubject': subject, assertions}) => assertions.map(each => {
    const {'earl:test': test, 'earl:result': result} = each
    return [subject.url ?? '', test['earl:impact'], test['dct:title'], result['dct:description'], result.html ?? '']
      .join(' ').replace(/\s+/g, ' ')
  }))
}

async function main(books) {
  const folder = mkdtempSync(join(tmpdir(), 'ace-'))
  const launched = runner.launch()
  // Ace launches a browser for each book, and closes it.
  const kept = {...runner, launch: () => launched, close: async () => {}}
  try {
    for (const book of books) {
      const outdir = join(folder, 'report')
      const [, report] = await ace(book, {cwd: '/', outdir, tmpdir: join(folder, 'work'), silent: true, initLogger: true}, kept)
      process.stdout.write(JSON.stringify(findings(report)) + '\n')
      rmSync(outdir, {recursive: true})
    }
  } finally {
    await launched
    await runner.close()
    rmSync(folder, {recursive: true})
  }
}

main(process.argv.slice(2)).catch(error => {
  process.stderr.write(`${error?.stack ?? error}\n`)
  process.exitCode = 1
})

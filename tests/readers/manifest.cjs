// Readium's own reading of an EPUB: `node manifest.cjs BOOK.epub` prints its web publication manifest.
const {EpubParsePromise} = require('r2-shared-js/dist/es8-es2017/src/parser/epub')
const {initGlobalConverters_SHARED, initGlobalConverters_GENERIC} =
  require('r2-shared-js/dist/es8-es2017/src/init-globals')
const {TaJsonSerialize} = require('r2-lcp-js/dist/es8-es2017/src/serializable')

initGlobalConverters_GENERIC()
initGlobalConverters_SHARED()
EpubParsePromise(process.argv[2]).then(publication => {
  const manifest = TaJsonSerialize(publication)
  // The navigator wants lists where this parser writes the one value that there is, and a link to itself.
  const accessibility = manifest.metadata.accessibility ?? {}
  for (const key of ['accessMode', 'feature', 'hazard', 'accessModeSufficient', 'conformsTo']) {
    if (key in accessibility) accessibility[key] = [].concat(accessibility[key])
  }
  manifest.links = [{rel: 'self', href: 'manifest.json', type: 'application/webpub+json'}]
  process.stdout.write(JSON.stringify(manifest))
})

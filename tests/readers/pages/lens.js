// What the tests see of a reading system: the document that it shows (`reader.doc()`), where things stand on the
// screen, and the words that can be read. It looks; it changes nothing.

// A place in a shown document, in pixels of the window.
function placed(rect, doc) {
  const frame = doc.defaultView.frameElement?.getBoundingClientRect() ?? {left: 0, top: 0}
  return {x: frame.left + rect.left, y: frame.top + rect.top, width: rect.width, height: rect.height}
}

// What of an element can be seen: a link reaches farther than its figures, where others may lie over it.
function inked(element) {
  const range = element.ownerDocument.createRange()
  range.selectNodeContents(element)
  const of = element.localName === 'a' ? range : element
  return of.getClientRects()[0] ?? element.getBoundingClientRect()
}

// Whether something begins on the screen: by a point a little inside it, for edges are rounded.
function onScreen(place) {
  const x = place.x + Math.min(place.width, 16) / 2, y = place.y + Math.min(place.height, 16) / 2
  return x >= 0 && x < innerWidth && y >= 0 && y < innerHeight
}

const INLINE = 'a,abbr,b,cite,code,del,em,i,kbd,mark,s,small,span,strong,sub,sup'
// Calls, ways back, and the numbers of pages that references name: no words of the manuscript.
const LINKS = '[role=doc-noteref],[role=doc-backlink],span.page'

// The block that a text stands in: words of two blocks are never one word.
function blockOf(node) {
  let element = node.parentElement
  while (element.matches(INLINE) && getComputedStyle(element).display.startsWith('inline')) {
    element = element.parentElement
  }
  return element
}

// The text under a node as far as it is displayed, without calls, ways back and what else is left out.
function shown(root, without = LINKS) {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
  const range = root.ownerDocument.createRange()
  let text = '', last = null
  while (walker.nextNode()) {
    const node = walker.currentNode
    if (node.nodeName.toLowerCase() === 'br') text += '\n'
    if (node.nodeType !== Node.TEXT_NODE || node.parentElement.closest(without)) continue
    range.selectNodeContents(node)
    if (range.getClientRects().length === 0) {
      if (!node.data.trim()) text += node.data
      continue
    }
    const block = blockOf(node)
    text += (block === last ? '' : '\n') + node.data
    last = block
  }
  return text
}

function textBeside(id, choose) {
  const element = find(id)
  const range = element.ownerDocument.createRange()
  choose(range, element, element.ownerDocument.body)
  const text = range.cloneContents()
  for (const link of text.querySelectorAll(LINKS)) link.remove()
  return text.textContent
}

const find = id => reader.doc()?.getElementById(id) ?? null

window.lens = {
  // Where the element with this id begins on the screen; null if it is not in the shown document.
  place(id) {
    const element = find(id)
    return element && placed(inked(element), element.ownerDocument)
  },
  // Where a note's link back to one of its calls stands, by the call's number among them.
  wayBack(id, index) {
    const link = find(id)?.querySelectorAll('.note-back')[index]
    const place = link && placed(inked(link), link.ownerDocument)
    return place ? {...place, seen: onScreen(place)} : {seen: false}
  },
  sees: id => { const place = lens.place(id); return place !== null && onScreen(place) },
  // The text of the shown document's body, without the sections of notes.
  text: () => shown(reader.doc().body, `${LINKS},[role=doc-endnotes]`),
  // Each note of the shown document: its id and its text.
  notes: () => [...reader.doc().querySelectorAll('[role=doc-footnote]')].map(note => [note.id, shown(note)]),
  // The notes that begin on the screen.
  notesOnScreen: () => lens.notes().filter(([id]) => lens.sees(id)),
  // The headings that begin on the screen.
  headingsOnScreen: () => [...reader.doc().querySelectorAll('h1,h2,h3,h4,h5,h6')]
    .filter(heading => onScreen(placed(heading.getBoundingClientRect(), heading.ownerDocument)))
    .map(heading => shown(heading).replace(/\s+/g, ' ').trim()),
  // The text that follows an element, and that before it, without calls and ways back.
  textAfter: id => textBeside(id, (range, element, body) => { range.setStartAfter(element); range.setEndAfter(body.lastChild) }),
  textBefore: id => textBeside(id, (range, element, body) => { range.setStart(body, 0); range.setEndBefore(element) }),
  // Width and height of the first piece of each element.
  sizes: selector => [...reader.doc().querySelectorAll(selector)].map(element => {
    const {width, height} = element.getClientRects()[0]
    return [width, height]
  }),
  shown,
}

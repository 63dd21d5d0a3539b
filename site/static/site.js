// Formulas and tables that are wider than the page: a formula is first made a little smaller; what is still too wide
// can be scrolled, and becomes a stop of the Tab key.
const SMALLEST = 0.8;

function fit() {
  for (const box of document.querySelectorAll(".math-block")) {
    box.style.fontSize = "";
    if (box.clientWidth > 0 && box.scrollWidth > box.clientWidth) {
      const scale = Math.max(SMALLEST, (box.clientWidth / box.scrollWidth) * 0.99);
      box.style.fontSize = `${scale}em`;
    }
  }
  const boxes = ".math-block, .pst-scrollable-table-container, .cell_output, pre";
  for (const box of document.querySelectorAll(boxes)) {
    if (box.scrollWidth > box.clientWidth) {
      box.tabIndex = 0;
    } else {
      box.removeAttribute("tabindex");
    }
  }
}

addEventListener("load", fit);
addEventListener("resize", fit);
for (const details of document.querySelectorAll("details")) {
  details.addEventListener("toggle", fit);
}

/**
 * A line that follows the pointer over a picture, with the instant under it; and a folded event unfolds when it is linked to. The page
 * is complete without either.
 */
export const SCRIPT = `
const unfold = () => {
  const linked = location.hash && document.getElementById(location.hash.slice(1));
  if (linked && "open" in linked) linked.open = true;
};
addEventListener("hashchange", unfold);
unfold();
const clock = us => {
  const s = Math.abs(us) / 1e6;
  return Math.floor(s / 60) + ":" + (s % 60).toFixed(3).padStart(6, "0");
};
const short = us => {
  const a = Math.abs(us);
  const text = a >= 1e6 ? (a / 1e6).toFixed(2) + " s" : a >= 1e3 ? (a / 1e3).toFixed(1) + " ms" : a.toFixed(0) + " \\u00b5s";
  return (us < 0 ? "\\u2212" : "+") + text;
};
for (const track of document.querySelectorAll("[data-scale]")) {
  const [from, to, origin] = track.dataset.scale.split(" ").map(Number);
  const line = document.createElement("div");
  line.className = "pointer";
  line.hidden = true;
  track.append(line);
  track.addEventListener("pointermove", event => {
    const box = track.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    const at = from + share * (to - from);
    line.hidden = share < 0 || share > 1;
    line.style.left = share * 100 + "%";
    line.classList.toggle("late", share > 0.8);
    line.dataset.text = origin > 0 ? clock(at) + "  (" + short(at - origin) + ")" : clock(at);
  });
  track.addEventListener("pointerleave", () => { line.hidden = true; });
}
`;

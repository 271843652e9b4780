// Evaluated in the page: what a reader would notice of its layout.
({
  overflow: document.documentElement.scrollWidth - innerWidth,
  background: getComputedStyle(document.documentElement).backgroundColor,
  plots: Array.from(document.querySelectorAll(".plot"), (plot) => {
    const svg = plot.querySelector(".main-svg");
    const box = plot.getBoundingClientRect();
    return {
      drawn: plot.dataset.drawn ?? null,
      marks: plot.querySelectorAll(".js-line, .point, .hm image").length,
      background: svg && getComputedStyle(svg).backgroundColor,
      overflow: svg && svg.getBoundingClientRect().right - box.right,
      height: box.height,
      images: plot.querySelectorAll("img").length,
    };
  }),
});

// Draws the figures of a page with plotly, in the page's theme and width.
{
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const templates = JSON.parse(
    document.getElementById("templates").textContent,
  );

  /** The attributes with some replaced, within nested ones too. */
  const merged = (base, changes) => {
    const result = { ...base };
    for (const [name, value] of Object.entries(changes ?? {})) {
      const isNested = value !== null && typeof value === "object" &&
        !Array.isArray(value);
      result[name] = isNested ? merged(base[name] ?? {}, value) : value;
    }
    return result;
  };

  // Other figures are pictures.
  const drawn = document.querySelectorAll("figure:has(> script.figure)");
  const figures = Array.from(drawn, (element) => {
    const source = element.querySelector("script.figure").textContent;
    return {
      element,
      plot: element.querySelector(".plot"),
      figure: JSON.parse(source),
    };
  });

  const layoutOf = ({ plot, figure }) => {
    const isNarrow = plot.clientWidth < 600;
    const layout = merged(
      figure.layout,
      isNarrow ? figure.layout.meta?.narrow : {},
    );
    // The title stands above the figure, where it can wrap and be read; its
    // place is the tool bar's.
    delete layout.title;
    layout.height ??= Number(plot.dataset.height);
    plot.style.height = `${layout.height}px`;
    return {
      ...layout,
      width: plot.clientWidth,
      margin: { ...layout.margin, t: 30 },
      template: templates[dark.matches ? "dark" : "light"],
      // A finger that drags scrolls the page.
      dragmode: matchMedia("(pointer: coarse)").matches ? false : "zoom",
    };
  };

  const hasSurface = ({ data }) => data.some(({ type }) => type === "surface");

  // Plotly with what is drawn in space: large, and so only where there is some.
  let space;
  const plotlyFor = (figure) => {
    if (!hasSurface(figure)) return Plotly;
    space ??= new Promise((resolve, reject) => {
      if (!document.createElement("canvas").getContext("webgl")) {
        throw new Error("this browser has no WebGL");
      }
      const flat = Plotly;
      const script = document.createElement("script");
      script.src = "assets/plotly-gl3d.min.js";
      script.onload = () => {
        resolve(globalThis.Plotly);
        globalThis.Plotly = flat;
      };
      script.onerror = () => reject(new Error(`${script.src} is missing`));
      document.head.append(script);
    });
    return space;
  };

  const draw = async ({ plot, figure }, layout) => {
    try {
      const plotly = await plotlyFor(figure);
      plot.querySelector("noscript")?.remove();
      await plotly.react(plot, figure.data, layout, {
        displaylogo: false,
        // Data leave this page in no way: no upload to plotly's servers.
        plotlyServerURL: "",
        modeBarButtonsToRemove: [
          "sendChartToCloud",
          "select2d",
          "lasso2d",
          "autoScale2d",
        ],
        toImageButtonOptions: { format: "svg" },
      });
      plot.dataset.drawn = dark.matches ? "dark" : "light";
    } catch (error) {
      console.error(error);
      const image = document.createElement("img");
      image.src = plot.dataset.image;
      image.alt = "";
      plot.replaceChildren(image);
    }
  };

  // Latest request only; heights first, so that links to rows land well.
  let request = 0;
  const drawAll = async () => {
    const mine = ++request;
    const layouts = figures.map(layoutOf);
    for (const [index, one] of figures.entries()) {
      if (mine !== request) return;
      await draw(one, layouts[index]);
      await new Promise((resolve) => setTimeout(resolve));
    }
    document.documentElement.dataset.drawn = String(figures.length);
  };

  let width = document.documentElement.clientWidth;
  addEventListener("resize", () => {
    if (document.documentElement.clientWidth === width) return;
    width = document.documentElement.clientWidth;
    drawAll();
  });
  dark.addEventListener("change", drawAll);
  drawAll();
}

// Draws the charts of the page anew with uPlot, so that they can be explored:
// what lies under the pointer is told, and a range can be enlarged by dragging.
"use strict";

(function () {
	const height = 260;
	const dark = matchMedia("(prefers-color-scheme: dark)");

	function draw(figure) {
		const data = JSON.parse(figure.querySelector("script").textContent);
		if (!data.times || !window.uPlot) return;
		figure.classList.add("live");
		let plot = new uPlot(options(figure, data), stacked(data), figure);
		const resize = new ResizeObserver(() => {
			if (!figure.isConnected) return resize.disconnect();
			plot.setSize({ width: inner(figure), height });
		});
		resize.observe(figure);
		dark.addEventListener("change", () => {
			plot.destroy();
			plot = new uPlot(options(figure, data), stacked(data), figure);
		});
	}

	// stacked returns the columns of uPlot: times, then for each protocol what it
	// comes to with those below it, the topmost first, so that lower ones are
	// drawn over it.
	function stacked(data) {
		let below = data.times.map(() => 0);
		const sums = data.series.map((series) => (below = below.map((sum, i) => sum + series.bytes[i])));
		return [data.times, ...sums.reverse()];
	}

	function options(figure, data) {
		const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue("--" + name);
		// Colours that depend on light and dark are only known of an element.
		const probe = figure.appendChild(document.createElement("i"));
		const resolved = (name) => { probe.style.color = colour(name); return getComputedStyle(probe).color; };
		const date = new Intl.DateTimeFormat(data.locale, data.byMonth
			? { year: "numeric", month: "long", timeZone: "UTC" }
			: { year: "numeric", month: "long", day: "numeric", timeZone: "UTC" });
		const short = new Intl.DateTimeFormat(data.locale, data.byMonth
			? { year: "2-digit", month: "short", timeZone: "UTC" }
			: { month: "short", day: "numeric", timeZone: "UTC" });
		const bytes = (n) => formatBytes(n, data.locale);
		const bars = uPlot.paths.bars({ size: [0.76, 60] });
		const protocols = data.series.map((series) => ({
			label: series.name,
			fill: () => resolved(series.class),
			width: 0,
			paths: bars,
			points: { show: false },
			value: (u, sum, at, index) => (index === null ? "–" : bytes(series.bytes[index])),
		}));
		const axis = { stroke: () => resolved("soft"), grid: { stroke: () => resolved("line"), width: 1 }, ticks: { show: false } };
		return {
			width: inner(figure),
			height,
			tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1e3), "Etc/UTC"),
			scales: { x: { range: (u, min, max) => [min - step(data) / 2, max + step(data) / 2] }, y: { range: (u, min, max) => [0, max * 1.05 || 1] } },
			series: [{ label: data.byMonth ? "Month" : "Day", value: (u, at) => (at === null ? "–" : date.format(at * 1e3)) }, ...protocols.reverse()],
			axes: [{ ...axis, grid: { show: false }, splits: (u) => marks(u, data), values: (u, ticks) => ticks.map((at) => short.format(at * 1e3)) }, { ...axis, size: 64, values: (u, ticks) => ticks.map(bytes) }],
			cursor: { points: { show: false } },
		};
	}

	// marks are the times under which the horizontal axis has a date: as many as
	// there is room for.
	function marks(u, data) {
		const shown = data.times.filter((at) => at >= u.scales.x.min && at <= u.scales.x.max);
		const every = Math.max(1, Math.ceil(shown.length / (inner(u.root.parentNode) / 80)));
		return shown.filter((at, i) => i % every === 0);
	}

	function step(data) {
		return data.byMonth ? 30 * 86400 : 86400;
	}

	function inner(figure) {
		const style = getComputedStyle(figure);
		return figure.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
	}

	// formatBytes writes bytes as the server does: in units of a thousand, with
	// three significant digits.
	function formatBytes(bytes, locale) {
		const units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];
		let unit = 0;
		while (bytes >= 999.5 && unit < units.length - 1) { bytes /= 1000; unit++; }
		const text = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 }).format(bytes);
		return text + " " + units[unit];
	}

	function drawAll(root) {
		root.querySelectorAll("[data-chart]:not(.live)").forEach(draw);
	}
	drawAll(document);
	document.addEventListener("htmx:afterSettle", () => drawAll(document));
})();

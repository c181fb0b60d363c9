// Copies what a button stands for, and sends the packet at Ctrl+Enter.
"use strict";

(function () {
	function select(element) {
		const range = document.createRange();
		range.selectNodeContents(element);
		getSelection().removeAllRanges();
		getSelection().addRange(range);
	}

	// Browsers let pages copy over HTTPS only; elsewhere the text is selected.
	async function copy(button) {
		const source = document.getElementById(button.dataset.copy);
		try {
			await navigator.clipboard.writeText(source.textContent);
			button.textContent = "Copied";
		} catch {
			select(source);
			button.textContent = "Selected: press Ctrl+C";
		}
	}

	document.addEventListener("click", (event) => {
		const button = event.target.closest("[data-copy]");
		if (button) copy(button);
	});

	document.addEventListener("keydown", (event) => {
		if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.id === "packet") event.target.form.requestSubmit();
	});
})();

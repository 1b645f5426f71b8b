"""Pages a second on one core: `parley page`, the bare parse as the floor, and other extractors on the same pages.

The pages are a folder of HTML files, or an archive of folders `cache` and `eval` of them and the counts
`evaldata.json` (trafilatura's evaluation set has that layout). With counts each extractor's precision, recall and F1 over the
expected and forbidden segments stand beside its speed. Other extractors come from PyPI into a throwaway
environment, when it is reachable. All figures are of this very run, CPU seconds of one process on one core.

    python3 bench/pages.py PARLEY PARSE_FLOOR [PAGES]
"""

import json
import os
import pathlib
import resource
import subprocess
import sys
import tarfile
import tempfile
import time

PACKAGES = ["trafilatura==2.3.1", "resiliparse==2.0.1", "lxml_html_clean"]
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))


def run(command):
    """Output, CPU seconds, wall seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 3):  # 3: a page without an article
        raise subprocess.SubprocessError(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else command[0])
    return done.stdout, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def peak_mib(command):
    code = "import resource,subprocess,sys;subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,stderr=subprocess.DEVNULL);" \
           "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    return int(subprocess.run([sys.executable, "-c", code, *command], check=True, capture_output=True, text=True).stdout) / 1024


def scores(articles, counts):
    """Precision, recall and F1 over segments, or nothing without counts."""
    if not counts:
        return ""
    tp = fn = fp = 0
    for entry in counts.values():
        text = articles.get(entry["file"], "")
        tp += sum(part in text for part in entry["with"])
        fn += sum(part not in text for part in entry["with"])
        fp += sum(part in text for part in entry["without"])
    precision, recall = tp / max(1, tp + fp), tp / max(1, tp + fn)
    return f"P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / max(1e-9, precision + recall):.3f}"


OTHERS = """
import json, sys, time, resource, warnings, logging
warnings.simplefilter("ignore"); logging.disable(logging.CRITICAL)
which, paths = sys.argv[1], sys.argv[2:]
if which.startswith("trafilatura"):
    from trafilatura import extract
    fast = which.endswith("fast")
    def article(html): return extract(html, fast=fast, include_comments=False) or ""
else:
    from resiliparse.extract.html2text import extract_plain_text
    def article(html): return extract_plain_text(html, main_content=True, alt_texts=False, links=False) or ""
pages = [open(p, "rb").read().decode("utf-8", "replace") for p in paths]
article(pages[0])
start = time.process_time()
out = {}
for path, page in zip(paths, pages):
    try: out[path] = article(page)
    except Exception: out[path] = ""
print(json.dumps([time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, out]))
"""


def unpacked(source, folder):
    """The pages' paths and the counts of a folder or an archive."""
    root = pathlib.Path(source)
    if root.is_file():
        with tarfile.open(root) as archive:
            archive.extractall(folder, filter="data")
        root = folder
    folders = [root / name for name in ("cache", "eval") if (root / name).is_dir()] or [root]
    counts = json.loads((root / "evaldata.json").read_text(encoding="utf-8")) if (root / "evaldata.json").exists() else {}
    found = {p.name: p for folder in folders for p in sorted(folder.iterdir()) if p.suffix in (".html", ".htm")}
    wanted = {entry["file"] for entry in counts.values()} or set(found)
    return [found[name] for name in sorted(wanted & set(found))], counts


def main():
    parley, floor = sys.argv[1], sys.argv[2]
    source = sys.argv[3] if len(sys.argv) > 3 else os.environ.get("BENCH_PAGES", "../shared/data/pages/trafilatura-eval.tar.xz")
    if not pathlib.Path(source).exists():
        print(f"pages: none at {source}; set BENCH_PAGES to a folder of HTML files. Nothing was measured.")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        pages, counts = unpacked(source, folder / "pages")
        paths = [str(p) for p in pages]
        mb = sum(p.stat().st_size for p in pages) / 1e6

        def line(what, cpu, more=""):
            print(f"{what:34} {len(paths) / cpu:8,.0f} pages/s {mb / cpu:7.1f} MB/s  {more}", flush=True)

        print(f"{len(paths)} pages, {mb:.1f} MB, one core, CPU seconds, best of {ROUNDS}")
        whole, skipped = map(float, run(["taskset", "-c", "0", floor, str(ROUNDS), *paths])[0].split()[2:])
        line("bare parse (Gumbo)", whole)
        line("bare parse, scripts skipped first", skipped)

        one = ["taskset", "-c", "0", parley, "page", "--jobs", "1", "--input", "html"]
        start = min(run([*one, paths[0]])[1] for _ in range(3))
        outs = [run([*one, *paths]) for _ in range(ROUNDS)]
        if any(out[0] != outs[0][0] for out in outs):
            sys.exit("bench: two runs differ; no time is given")
        articles = {}
        for text in outs[0][0].splitlines():
            item = json.loads(text)
            articles[pathlib.Path(item["id"]).name] = item.get("articleBody") or ""
        line("parley page", min(out[1] for out in outs) - start,
             f"{scores(articles, counts)}  peak {peak_mib([*one, *paths]):.0f} MiB, start-up {start:.2f} s")
        walls = {}
        for jobs in (1, 2):
            command = ["taskset", "-c", "0,1", parley, "page", "--jobs", str(jobs), "--input", "html", *paths]
            runs = [run(command) for _ in range(ROUNDS)]
            if any(out[0] != outs[0][0] for out in runs):
                sys.exit("bench: the order or the answers depend on --jobs; no time is given")
            walls[jobs] = min(out[2] for out in runs)
        print(f"two threads on two cores: {walls[1] / walls[2]:.2f} times as fast as one by the clock, the same output")

        python = folder / "venv" / "bin" / "python"
        try:
            subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True, capture_output=True)
            subprocess.run([str(python), "-m", "pip", "install", "-q", *PACKAGES], check=True, capture_output=True, timeout=600)
        except (subprocess.SubprocessError, OSError) as error:
            print(f"other extractors: not measured ({str(error).splitlines()[0]})")
            return
        for which in ("trafilatura", "trafilatura fast", "resiliparse"):
            try:
                out = run(["taskset", "-c", "0", str(python), "-c", OTHERS, which, *paths])[0]
                cpu, peak, found = json.loads(out)
                line(which, cpu, f"{scores({pathlib.Path(p).name: t for p, t in found.items()}, counts)}  peak {peak:.0f} MiB")
            except (subprocess.SubprocessError, OSError, ValueError) as error:
                print(f"{which}: not measured ({str(error).splitlines()[0]})")


if __name__ == "__main__":
    main()

package io.cbtguard.docs;

import io.cbtguard.testkit.process.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands that pages show in their code blocks. */
public final class MarkdownCommands {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```\\w*\\n(.*?)^```");
    private static final Pattern TOOL = Pattern.compile("(?:kubectl|helm|make|curl|source|export|mvn|govc|tools/|"
            + "cbtguard-hook\\.sh|\\$KUBECTL|\\$\\()\\S*(?: .*)?");
    private static final Pattern HERE = Pattern.compile("<<(\\S+)");

    private MarkdownCommands() {}

    /**
     * One command of a page.
     *
     * @param page relative to the checkout
     * @param text with its continuation lines or its here-document, without the prompt
     * @param output lines that the page shows below it; none where the block is no transcript
     */
    public record Command(String page, String text, List<String> output) {
        @Override
        public String toString() {
            return page + ": " + text.lines().findFirst().orElse("");
        }
    }

    /** Pages that people are sent to: the README, docs without decisions and design, examples, deploy. */
    public static List<String> pages() {
        List<String> pages = new ArrayList<>(List.of("README.md"));
        for (String folder : List.of("docs", "examples", "deploy")) {
            try (Stream<Path> files = Files.walk(Checkout.root().resolve(folder))) {
                files.map(file -> Checkout.root().relativize(file).toString())
                        .filter(page -> page.endsWith(".md"))
                        .filter(page -> !page.startsWith("docs/decisions/") && !page.startsWith("docs/design/"))
                        .sorted()
                        .forEach(pages::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return pages;
    }

    public static List<Command> in(String page) {
        String text;
        try {
            text = Files.readString(Checkout.root().resolve(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Command> commands = new ArrayList<>();
        BLOCK.matcher(text).results().forEach(block -> {
            List<String> lines = block.group(1).lines().toList();
            boolean isTranscript = lines.stream().anyMatch(line -> line.startsWith("$ "));
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                if (isTranscript ? !line.startsWith("$ ") : !TOOL.matcher(line).matches()) {
                    continue;
                }
                int end = endOf(lines, i);
                List<String> whole = new ArrayList<>(lines.subList(i, end));
                whole.set(0, isTranscript ? line.substring(2) : line);
                int next = end;
                while (isTranscript && next < lines.size() && !lines.get(next).startsWith("$ ")) {
                    next++;
                }
                commands.add(new Command(page, String.join("\n", whole), List.copyOf(lines.subList(end, next))));
                i = Math.max(end, next) - 1;
            }
        });
        return commands;
    }

    private static int endOf(List<String> lines, int begin) {
        var here = HERE.matcher(lines.get(begin));
        int end = begin;
        if (here.find()) {
            while (!lines.get(end).equals(here.group(1))) {
                end++;
            }
        } else {
            while (lines.get(end).endsWith("\\")) {
                end++;
            }
        }
        return end + 1;
    }
}

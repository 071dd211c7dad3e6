package io.sichter.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sichter.error.DataException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTest {
    @TempDir
    Path root;

    private PictureTree tree;

    @BeforeEach
    void pictures() {
        tree = new PictureTree(root).pictures("cat/1.jpg", "cat/2.jpg", "dog/1.jpg", "dog/2, old.jpg");
    }

    private DataFolder open(String text) {
        tree.file("list.csv", text.getBytes(StandardCharsets.UTF_8));
        return DataFolder.open(root.resolve("list.csv"));
    }

    private void refused(String text, String... parts) {
        assertThatThrownBy(() -> open(text)).isInstanceOf(DataException.class).satisfies(e -> assertThat(e.getMessage())
                .contains(parts));
    }

    @Test
    void givesTheSamplesThatTheFolderGives() {
        DataFolder folder = DataFolder.open(root);
        DataFolder table = open("path,label\ndog/1.jpg,dog\ncat/2.jpg,cat\n\"dog/2, old.jpg\",dog\n./cat//1.jpg,cat\n");
        assertThat(table.dataset(Part.TRAIN)).isEqualTo(folder.dataset(Part.TRAIN));
        assertThat(table.layout()).isEqualTo(DataFolder.Layout.CLASSES);
        Split split = new Split.Stratified(0.5);
        assertThat(table.partition(split, 3)).isEqualTo(folder.partition(split, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "\t", ";"})
    void findsTheDelimiterAndKeepsOtherColumns(String d) {
        String text = """
                Path,Label,Split,Patient,Weight
                 cat/1.jpg , cat,train,p1,2.5

                cat/2.jpg,cat,valid,p1,1
                dog/1.jpg,dog,train,p2,1
                """;
        DataFolder folder = open("\uFEFF" + text.replace(",", d));
        assertThat(folder.layout()).isEqualTo(DataFolder.Layout.TRAIN_AND_VALIDATION);
        Sample first = folder.dataset(Part.TRAIN).samples().get(0);
        assertThat(first.id()).isEqualTo("cat/1.jpg");
        assertThat(first.attributes()).isEqualTo(Map.of("patient", "p1", "weight", "2.5"));
        assertThat(first.weight()).isEqualTo(2.5);
        assertThat(folder.dataset(Part.VALIDATION).samples())
                .extracting(Sample::id)
                .containsExactly("cat/2.jpg");
        assertThat(folder.warnings())
                .extracting(Object::toString)
                .singleElement()
                .asString()
                .contains("\"dog\" in val");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cat/9.jpg,cat,train,1 | line 4: there is no file \"cat/9.jpg\"",
                "cat/1.jpg,dog,train,1 | line 4: \"cat/1.jpg\" stands in line 2 already",
                "../cat/1.jpg,cat,train,1 | line 4: \"../cat/1.jpg\" does not lie below",
                "cat/2.jpg,cat,rain,1 | line 4: split \"rain\" is not train, val or test",
                "cat/2.jpg,,train,1 | line 4: no label",
                "cat/2.jpg,cat,train,0 | line 4: weight \"0\" is not a number above 0",
                "cat/2.jpg,cat | line 4: 2 values for 4 columns",
            })
    void namesTheLine(String line, String message) {
        refused(
                "path,label,split,weight\ncat/1.jpg,cat,train,1\ndog/1.jpg,dog,train,1\n" + line + "\n",
                "1 of 3 lines of the table cannot be used",
                message);
    }

    @Test
    void aQuotedLineBreakDoesNotDisturbTheCount() {
        refused(
                "path,label,note\ncat/1.jpg,cat,\"two\nlines\"\ndog/1.jpg,dog,x\ncat/7.jpg,cat,x\n",
                "line 5: there is no file \"cat/7.jpg\"");
    }

    @Test
    void refusesWhatIsNoTableOfPictures() {
        refused("file,label\ncat/1.jpg,cat\n", "no column \"path\"", "file, label");
        refused("path,lable\ncat/1.jpg,cat\n", "no column \"label\"", "Did you mean \"lable\"?");
        refused("path,label,label\ncat/1.jpg,cat,cat\n", "Two columns of the table have the same name");
        refused("path,label\n", "names no pictures");
        refused("", "names no pictures");
        refused("path,label\ncat/1.jpg,cat\ncat/2.jpg,cat\n", "one class only");
        refused("path,label,split\ncat/1.jpg,cat,val\ndog/1.jpg,dog,val\n", "no training part");
        refused(
                "path,label,split\ncat/1.jpg,cat,train\ncat/2.jpg,cat,train\ndog/1.jpg,dog,val\n",
                "A class is only in val");
        tree.file("list.csv", "path,label\ncat/1.jpg,Kätzchen\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> DataFolder.open(root.resolve("list.csv"))).hasMessageContaining("not UTF-8");
    }

    @Test
    void aTableIsEvaluatedOnToo() {
        tree.file("t.tsv", "path\tclass\ncat/1.jpg\tcat\n".getBytes(StandardCharsets.UTF_8));
        ClassIndex known = new ClassIndex(List.of("dog", "cat"));
        DataFolder folder = DataFolder.open(root.resolve("t.tsv"), known);
        assertThat(folder.samples()).singleElement().extracting(Sample::target).isEqualTo(1);
        assertThatThrownBy(() -> DataFolder.open(root.resolve("t.tsv"), new ClassIndex(List.of("cats", "dog"))))
                .hasMessageContaining("does not know a class")
                .hasMessageContaining("Did you mean \"cats\"?");
    }

    @Test
    void aListOfClassesGivesTheirOrder() {
        tree.file("classes.txt", "dog\ncat\n".getBytes(StandardCharsets.UTF_8));
        assertThat(DataFolder.open(root).classes().names()).containsExactly("dog", "cat");
        assertThat(DataFolder.open(root).ignored()).isEmpty();
        assertThat(open("path,label\ncat/1.jpg,cat\ndog/1.jpg,dog\n").classes().names())
                .containsExactly("dog", "cat");
        tree.file("classes.txt", "dog\ncats\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> DataFolder.open(root))
                .hasMessageContaining("lacks a class")
                .hasMessageContaining("Did you mean \"cats\"?");
        tree.file("classes.txt", "dog\ncat\nemu\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> DataFolder.open(root)).hasMessageContaining("class without pictures");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-MacRoman", "windows-1252"})
    void namesInTheWrongEncodingAreSeen(String encoding) {
        String misread = new String("Straße für Gerät".getBytes(StandardCharsets.UTF_8), Charset.forName(encoding));
        assertThat(Mojibake.find(misread))
                .get()
                .extracting(Mojibake.Finding::meant)
                .isEqualTo("Straße für Gerät");
        for (String good : List.of("Straße für Gerät", "Ångström", "naïve", "日本", "été", "São", "cat", "½", "Žába")) {
            assertThat(Mojibake.find(good)).as(good).isEmpty();
        }
        tree.picture(misread + "/1.jpg", "rgb.jpg");
        assertThat(DataFolder.open(root).warnings()).singleElement().asString().contains("Straße für Gerät");
    }
}

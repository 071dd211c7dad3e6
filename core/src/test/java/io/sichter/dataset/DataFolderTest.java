package io.sichter.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.sichter.dataset.DataFolder.Ignored;
import io.sichter.dataset.DataFolder.Layout;
import io.sichter.error.DataException;
import io.sichter.error.Problem;
import io.sichter.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataFolderTest {
    private final Path temp;

    DataFolderTest(@TempDir Path temp) {
        this.temp = temp;
    }

    private PictureTree tree() {
        return new PictureTree(temp.resolve("data"));
    }

    private static List<String> ids(DataFolder folder, Part part) {
        return folder.dataset(part).samples().stream().map(Sample::id).toList();
    }

    private static Problem problemOf(Path root) {
        DataException e = catchThrowableOfType(DataException.class, () -> DataFolder.open(root));
        assertThat(e).isNotNull();
        assertThat(e.exitCode()).isEqualTo(3);
        assertThat(e.problem().expected().toString()).isNotEmpty();
        assertThat(e.problem().fix().toString()).isNotEmpty();
        return e.problem();
    }

    @ParameterizedTest
    @CsvSource({"train, val", "Train, VAL", "train, valid", "TRAIN, Validation"})
    void readsTrainAndValidationFolders(String train, String val) {
        PictureTree tree = tree().pictures(
                        train + "/dog/1.jpg", train + "/cat/2.jpg", val + "/dog/3.jpg", val + "/cat/4.jpg")
                .pictures("Test/cat/5.jpg", "Test/dog/6.jpg");
        DataFolder folder = DataFolder.open(tree.root());
        assertThat(folder.layout()).isEqualTo(Layout.TRAIN_AND_VALIDATION);
        assertThat(folder.classes().names()).containsExactly("cat", "dog");
        assertThat(ids(folder, Part.TRAIN)).containsExactly(train + "/cat/2.jpg", train + "/dog/1.jpg");
        assertThat(ids(folder, Part.VALIDATION)).containsExactly(val + "/cat/4.jpg", val + "/dog/3.jpg");
        assertThat(ids(folder, Part.TEST)).containsExactly("Test/cat/5.jpg", "Test/dog/6.jpg");
        assertThat(folder.dataset(Part.TRAIN).samples().get(1).target()).isEqualTo(1);
        assertThat(folder.warnings()).isEmpty();
        assertThat(folder.ignored()).isEmpty();
        Partition partition = folder.partition(new Split.Stratified(0.5), 1);
        assertThat(partition.validation())
                .isEqualTo(folder.dataset(Part.VALIDATION).samples());
        assertThat(folder.evaluationPart()).isEqualTo(Part.TEST);
    }

    @Test
    void splitsValidationOffTrainWhereThereIsOnlyATestFolder() {
        PictureTree tree = tree().pictures("test/a/x.jpg", "test/b/x.jpg");
        for (int i = 0; i < 10; i++) {
            tree.pictures("train/a/" + i + ".jpg", "train/b/" + i + ".jpg");
        }
        DataFolder folder = DataFolder.open(tree.root());
        assertThat(folder.layout()).isEqualTo(Layout.TRAIN_WITHOUT_VALIDATION);
        Partition partition = folder.partition(new Split.Stratified(0.2), 42);
        assertThat(partition.train()).hasSize(16).allMatch(s -> s.id().startsWith("train/"));
        assertThat(partition.validation()).hasSize(4).allMatch(s -> s.id().startsWith("train/"));
        assertThat(partition.test()).extracting(Sample::id).containsExactly("test/a/x.jpg", "test/b/x.jpg");
    }

    @Test
    void readsClassFoldersWithAllThatIsInThem() throws IOException {
        PictureTree tree = tree().pictures("b/deep/er/1.JPEG", "b/2.webp", "a/3.Tif", "a/ü \uD83D\uDE00.png")
                .pictures("a/.hidden.jpg", ".git/x.jpg", "a/.thumbs/y.jpg");
        tree.file("a/notes.txt", new byte[] {1})
                .file("readme.md", new byte[] {1})
                .file("loose.jpg", new byte[] {1});
        DataFolder folder = DataFolder.open(tree.root());
        assertThat(folder.layout()).isEqualTo(Layout.CLASSES);
        assertThat(ids(folder, Part.TRAIN))
                .containsExactly("a/3.Tif", "a/ü \uD83D\uDE00.png", "b/2.webp", "b/deep/er/1.JPEG");
        assertThat(folder.ignored())
                .containsExactly(
                        new Ignored("a/notes.txt", Text.of("dataset.ignored.no_picture")),
                        new Ignored("loose.jpg", Text.of("dataset.ignored.no_class")),
                        new Ignored("readme.md", Text.of("dataset.ignored.no_class")));
        assertThat(folder.samples().get(0).source().read()).isEqualTo(PictureTree.golden("rgb.jpg"));
        assertThat(folder.evaluationPart()).isEqualTo(Part.TRAIN);
    }

    @Test
    void sortsByCodePointWhateverTheFileSystemSays() {
        // U+1F600 comes after U+FF5E by code point, before it by UTF-16 unit.
        PictureTree tree =
                tree().pictures("\uD83D\uDE00/1.jpg", "\uFF5E/1.jpg", "Z/1.jpg", "a/1.jpg", "a/10.jpg", "a/2.jpg");
        DataFolder folder = DataFolder.open(tree.root());
        assertThat(folder.classes().names()).containsExactly("Z", "a", "\uFF5E", "\uD83D\uDE00");
        assertThat(ids(folder, Part.TRAIN))
                .containsExactly("Z/1.jpg", "a/1.jpg", "a/10.jpg", "a/2.jpg", "\uFF5E/1.jpg", "\uD83D\uDE00/1.jpg");
    }

    @Test
    void followsLinksButNotInCircles() throws IOException {
        PictureTree tree = tree().pictures("a/1.jpg", "b/2.jpg");
        Path elsewhere =
                new PictureTree(temp.resolve("elsewhere")).pictures("3.jpg").root();
        link(tree.root().resolve("a/more"), elsewhere);
        link(tree.root().resolve("a/again"), tree.root());
        link(tree.root().resolve("b/nowhere.jpg"), temp.resolve("missing.jpg"));
        DataFolder folder = DataFolder.open(tree.root());
        assertThat(ids(folder, Part.TRAIN))
                .contains("a/1.jpg", "a/more/3.jpg", "b/2.jpg")
                .hasSizeLessThan(10);
        assertThat(folder.ignored())
                .contains(new Ignored("b/nowhere.jpg", Text.of("dataset.ignored.no_file")))
                .anySatisfy(i -> assertThat(i.reason().toString()).isEqualTo("a link to a folder that contains it"));
    }

    private static void link(Path link, Path target) {
        try {
            Files.createSymbolicLink(link, target);
        } catch (IOException | UnsupportedOperationException e) {
            assumeFalse(true, "no symbolic links here: " + e);
        }
    }

    @Test
    void aClassMayBeCalledTrain() {
        PictureTree tree = tree().pictures("train/1.jpg", "train/2.jpg", "plane/1.jpg", "plane/2.jpg", "test/1.jpg");
        DataFolder folder = DataFolder.open(tree.root());
        assertThat(folder.layout()).isEqualTo(Layout.CLASSES);
        assertThat(folder.classes().names()).containsExactly("plane", "test", "train");
    }

    @Test
    void saysWhichFoldersBesideThePartsAreNotUsed() {
        PictureTree tree =
                tree().pictures("train/a/1.jpg", "train/b/1.jpg", "val/a/1.jpg", "val/b/1.jpg", "extra/1.jpg");
        DataFolder folder = DataFolder.open(tree.root());
        assertThat(folder.warnings())
                .extracting(Text::toString)
                .containsExactly("The folder \"extra\" beside train, val and test is not used.");
        assertThat(folder.ignored()).containsExactly(new Ignored("extra", Text.of("dataset.ignored.beside")));
    }

    @Test
    void aMissingFolder() {
        Problem problem = problemOf(temp.resolve("none"));
        assertThat(problem.problem().toString()).isEqualTo("The folder of pictures does not exist");
        assertThat(problem.received().toString()).endsWith("none");
    }

    @Test
    void aFileInsteadOfAFolder() {
        tree().file("data.zip", new byte[] {1});
        Problem problem = problemOf(temp.resolve("data/data.zip"));
        assertThat(problem.problem().toString()).isEqualTo("The data is a file, not a folder");
        assertThat(problem.fix().toString()).contains("unpack");
    }

    @Test
    void anEmptyFolder() {
        Problem problem = problemOf(tree().folder("").root());
        assertThat(problem.problem().toString()).isEqualTo("There are no pictures in the folder");
    }

    @Test
    void picturesWithoutClassFolders() {
        Problem problem = problemOf(tree().pictures("1.jpg").root());
        assertThat(problem.problem().toString()).isEqualTo("The pictures lie in no class folder");
    }

    @Test
    void classFoldersThatAreAllEmpty() {
        Problem problem = problemOf(tree().folder("a").folder("b").root());
        assertThat(problem.problem().toString()).isEqualTo("There are no pictures in the folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cat/1.jpg", "train/cat/1.jpg"})
    void oneClassOnly(String path) {
        Problem problem = problemOf(tree().pictures(path).root());
        assertThat(problem.problem().toString()).isEqualTo("There is one class only");
        assertThat(problem.received().toString()).startsWith("\"cat\" in ");
    }

    @Test
    void aClassWithoutPictures() {
        Problem problem = problemOf(tree().pictures("a/1.jpg", "b/1.jpg")
                .file("c/x.txt", new byte[0])
                .root());
        assertThat(problem.problem().toString()).isEqualTo("A class has no pictures");
        assertThat(problem.received().toString()).startsWith("\"c\" in ");
        PictureTree many = new PictureTree(temp.resolve("many")).pictures("x/1.jpg");
        for (int i = 0; i < 7; i++) {
            many.folder("c" + i);
        }
        Problem several = problemOf(many.root());
        assertThat(several.problem().toString()).isEqualTo("7 classes have no pictures");
        assertThat(several.received().toString()).startsWith("\"c0\", \"c1\", \"c2\", \"c3\", \"c4\" and 2 more in ");
    }

    @Test
    void aClassOnlyInValidation() {
        PictureTree tree = tree().pictures("train/cat/1.jpg", "train/dog/1.jpg", "val/cat/1.jpg", "val/dgo/1.jpg");
        Problem problem = problemOf(tree.root());
        assertThat(problem.problem().toString()).isEqualTo("A class is only in val");
        assertThat(problem.received().toString()).isEqualTo("\"dgo\" has pictures in val but no folder in train");
        assertThat(problem.fix().toString()).contains("Did you mean \"dog\"?");
    }

    @Test
    void aClassOnlyInTest() {
        PictureTree tree = tree().pictures("train/cat/1.jpg", "train/dog/1.jpg", "test/bird/1.jpg", "test/cat/1.jpg");
        assertThat(problemOf(tree.root()).problem().toString()).isEqualTo("A class is only in test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"val", "test"})
    void anEmptyPart(String part) {
        PictureTree tree = tree().pictures("train/cat/1.jpg", "train/dog/1.jpg")
                .folder(part + "/cat")
                .folder(part + "/dog");
        Problem problem = problemOf(tree.root());
        assertThat(problem.problem().toString()).isEqualTo("The " + part + " part has no pictures");
    }

    @Test
    void noTrainingPart() {
        Problem problem =
                problemOf(tree().pictures("val/cat/1.jpg", "test/cat/1.jpg").root());
        assertThat(problem.problem().toString()).isEqualTo("There is no training part");
        assertThat(problem.received().toString()).endsWith("has val and test but no train");
    }

    @Test
    void aPartThatComesTwice() {
        PictureTree tree = tree().pictures("train/a/1.jpg", "train/b/1.jpg", "val/a/1.jpg", "valid/a/1.jpg");
        assertThat(problemOf(tree.root()).problem().toString()).isEqualTo("Two folders claim to be the same part");
    }

    @Test
    void aFolderThatMayNotBeRead() throws IOException {
        PictureTree tree = tree().pictures("a/1.jpg", "b/1.jpg");
        Path secret = tree.root().resolve("b");
        try {
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        } catch (UnsupportedOperationException e) {
            assumeFalse(true, "no permissions here");
        }
        assumeFalse(Files.isReadable(secret), "this user may read everything");
        try {
            assertThat(problemOf(tree.root()).problem().toString()).isEqualTo("A folder cannot be read");
        } finally {
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void warnsOfAClassThatValidationLacks() {
        PictureTree tree = tree().pictures("train/cat/1.jpg", "train/dog/1.jpg", "val/cat/1.jpg");
        assertThat(DataFolder.open(tree.root()).warnings())
                .extracting(Text::toString)
                .containsExactly("No pictures of \"dog\" in val: nothing can be said about them there, and they do not"
                        + " count in macro averages.");
    }

    @Test
    void tooFewToSplit() {
        DataFolder folder =
                DataFolder.open(tree().pictures("a/1.jpg", "b/1.jpg").root());
        assertThatThrownBy(() -> folder.partition(new Split.Stratified(0.2), 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("There are too few pictures to split")
                .hasMessageContaining("2 pictures, no class has two");
    }

    @Test
    void losesPicturesButNoClass() {
        PictureTree tree =
                tree().pictures("train/a/1.jpg", "train/a/2.jpg", "train/b/1.jpg", "val/a/1.jpg", "val/b/1.jpg");
        DataFolder folder = DataFolder.open(tree.root());
        DataFolder less = folder.without(Set.of("train/a/1.jpg", "val/b/1.jpg"));
        assertThat(ids(less, Part.TRAIN)).containsExactly("train/a/2.jpg", "train/b/1.jpg");
        assertThat(less.warnings()).hasSize(1).first().asString().startsWith("No pictures of \"b\" in val");
        assertThat(folder.without(Set.of())).isSameAs(folder);
        assertThatThrownBy(() -> folder.without(Set.of("train/b/1.jpg")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("No picture of a class can be read")
                .hasMessageContaining("\"b\"");
        assertThatThrownBy(() -> folder.without(Set.of("val/a/1.jpg", "val/b/1.jpg")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("No picture of the val part can be read");
    }

    @Test
    void readsAFolderToMeasureAModelOn() {
        ClassIndex known = new ClassIndex(List.of("dog", "cat", "bird"));
        PictureTree tree = tree().pictures("cat/1.jpg", "dog/2.jpg");
        DataFolder folder = DataFolder.open(tree.root(), known);
        assertThat(folder.classes()).isEqualTo(known);
        assertThat(folder.dataset(Part.TRAIN).classCounts()).containsExactly(1, 1, 0);
        tree.pictures("brid/1.jpg");
        assertThatThrownBy(() -> DataFolder.open(tree.root(), known))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("The model does not know a class of the data")
                .hasMessageContaining("Did you mean \"bird\"?");
        PictureTree testOnly = new PictureTree(temp.resolve("t")).pictures("test/cat/1.jpg");
        assertThat(DataFolder.open(testOnly.root(), known).evaluationPart()).isEqualTo(Part.TEST);
        Path empty = new PictureTree(temp.resolve("e")).folder("cat").root();
        assertThatThrownBy(() -> DataFolder.open(empty, known))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("There are no pictures in the folder");
    }
}
